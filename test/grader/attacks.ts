/**
 * What a student might try to get marks for nothing. Each is a solution of the exercise `backward` or `count` of
 * `homework.ts`, none of which does what is asked.
 */

export interface Attack {
  readonly title: string;
  /** The cell that is to define `sigmoidBackward`, or `answer`. */
  readonly backward?: string;
  readonly count?: string;
  /** It must be refused: its cell ends with an error. */
  readonly refused?: true;
}

const F = "function sigmoidBackward(X: any, dY: any): any";
/** A function that does nothing right, after some preparation. */
const after = (preparation: string): string => `${preparation}\n${F} { return X; }`;

export const attacks: readonly Attack[] = [
  // Names that the tests use, declared anew.
  { title: "allclose that agrees with all", backward: after("const allclose = () => true;") },
  { title: "vjp that gives what was computed", backward: after("const vjp = (Y: any, X: any) => X;") },
  { title: "randn that draws zeros", backward: after("const randn = (shape: any) => zeros(shape);") },
  { title: "sigmoid that is the identity", backward: after("const sigmoid = (X: any) => X;") },
  { title: "Error that is nothing", backward: after("const Error = class {};") },
  { title: "Math that is zero", backward: after("const Math = { abs: () => 0 };") },
  { title: "gb by way of globalThis", backward: after("(globalThis as any).gb = { allclose: () => true };") },
  {
    title: "the name by which the session keeps allclose",
    backward: after("(globalThis as any).cell$allclose = () => true;"),
  },
  {
    title: "the library's own export replaced",
    backward: after("try { (gb as any).allclose = () => true; } catch {}"),
  },
  {
    title: "the library's own export defined",
    backward: after("try { Object.defineProperty(gb, 'allclose', { value: () => true }); } catch {}"),
  },
  // Prototypes and built-ins.
  {
    title: "rtol on every object",
    backward: after("Object.defineProperty(Object.prototype, 'rtol', { value: Infinity });"),
  },
  {
    title: "atol on every object",
    backward: after("Object.defineProperty(Object.prototype, 'atol', { value: Infinity });"),
  },
  { title: "toArray that is empty", backward: after("(Tensor.prototype as any).toArray = () => [];") },
  {
    title: "data that is empty",
    backward: after("Object.defineProperty(Tensor.prototype, 'data', { get: () => new Float64Array(0) });"),
  },
  { title: "every that is always true", backward: after("Array.prototype.every = (() => true) as any;") },
  { title: "Math.abs that is zero", backward: after("Math.abs = () => 0;") },
  { title: "Number.isFinite that is true", backward: after("Number.isFinite = (() => true) as any;") },
  {
    title: "instanceof that is true",
    backward: after("Object.defineProperty(Tensor, Symbol.hasInstance, { value: () => true });"),
  },
  {
    title: "then on every object",
    backward: after("(Object.prototype as any).then = function (done: any) { done(1); };"),
  },
  {
    title: "toJSON on every object",
    backward: after("(Object.prototype as any).toJSON = () => ({ earned: 2 });"),
  },
  {
    title: "JSON.stringify that says it is right",
    backward: after('JSON.stringify = (() => \'{"value":true,"earned":2}\') as any;'),
  },
  {
    title: "JSON.parse that hears nothing",
    backward: after("JSON.parse = (() => ({ ask: 'value', name: 'answer' })) as any;"),
  },
  {
    title: "Proxy in place of a tensor",
    backward: `${F} { return new Proxy(X, { get: (t: any, k: any) => k === "shape" ? X.shape : t[k] }); }`,
  },
  { title: "a number by valueOf", count: "const answer: any = { valueOf: () => 42 };" },
  { title: "a number by toPrimitive", count: "const answer: any = { [Symbol.toPrimitive]: () => 42 };" },
  { title: "Infinity", count: "const answer: any = { is: 'number', value: Infinity };" },
  { title: "an object that passes for data", count: "const answer: any = { is: 'NaN' };" },
  {
    title: "a getter that changes its mind",
    count: "let n = 0;\nconst answer: any = { get is() { return n++ ? 'x' : 'tensor'; } };",
  },
  // Patched machinery of Node.
  {
    title: "vm.runInThisContext that runs nothing",
    backward: after("import vm from 'node:vm';\n(vm as any).runInThisContext = () => () => {};"),
  },
  {
    title: "vm.Script that runs nothing",
    backward: after("import vm from 'node:vm';\n(vm as any).Script.prototype.runInThisContext = () => 1;"),
  },
  {
    title: "MessagePort.postMessage that lies",
    backward: after("(globalThis as any).MessagePort.prototype.postMessage = function () {};"),
  },
  {
    title: "Atomics.wait that does not wait",
    backward: after("(globalThis as any).Atomics.wait = () => 'ok';"),
  },
  {
    title: "fs.writeSync that forges",
    backward: after(
      'import fs from \'node:fs\';\nconst write = (fs as any).writeSync;\n(fs as any).writeSync = (fd: any) => write(fd, \'{"value":{"is":"undefined"}}\\n\');',
    ),
  },
  {
    title: "an answer written by hand",
    backward: after(
      "import fs from 'node:fs';\nfor (let k = 0; k < 50; k++) try { (fs as any).writeSync(3, '{\"value\":true}\\n'); } catch {}",
    ),
  },
  {
    title: "outcomes written to every way",
    backward: after(
      'import fs from \'node:fs\';\nfor (let k = 0; k < 20; k++) try { (fs as any).writeSync(k, \'{"type":"done","outcome":{"value":2}}\\n\'); } catch {}',
    ),
  },
  {
    title: "console that prints a mark",
    backward: after('console.log(\'{"earned": 2, "points": 2}\'); console.log(2);'),
  },
  {
    title: "process.emit that speaks to the parent",
    backward: after("try { (globalThis as any).process.send({ type: 'done' }); } catch {}"),
  },
  {
    title: "a hook for modules",
    backward: after(
      "import m from 'node:module';\ntry { (m as any).registerHooks({ load: () => ({ source: 'export const allclose = () => true', format: 'module' }) }); } catch {}",
    ),
  },
  // What is on the disk, and around.
  {
    title: "the hidden tests in its own folder",
    refused: true,
    backward: after(
      "import fs from 'node:fs';\nconst all = (fs as any).readdirSync('.').map((f: string) => (fs as any).readFileSync(f, 'utf8')).join();\nif (!all.includes('secret')) throw new Error('not here');",
    ),
  },
  {
    title: "the gradebook above it",
    refused: true,
    backward: after("import fs from 'node:fs';\n(fs as any).writeFileSync('../../gradebook.db', '');"),
  },
  {
    title: "the source of the tests",
    refused: true,
    backward: after(
      "import fs from 'node:fs';\n(fs as any).readFileSync('../../../source/hw/hw.ipynb', 'utf8');",
    ),
  },
  {
    title: "everything below /",
    refused: true,
    backward: after("import fs from 'node:fs';\n(fs as any).readdirSync('/', { recursive: true });"),
  },
  {
    title: "the command line of other processes",
    refused: true,
    backward: after(
      "import fs from 'node:fs';\n(fs as any).readFileSync('/proc/1/cmdline', 'utf8');\n(fs as any).readFileSync('/proc/self/environ', 'utf8');",
    ),
  },
  {
    title: "secrets of the environment",
    refused: true,
    backward: after(
      "if (Object.keys((globalThis as any).process.env).some((name) => /TOKEN|SECRET|KEY|PATH/.test(name))) console.log('found');\nelse throw new Error('none');",
    ),
  },
  {
    title: "a child process",
    refused: true,
    backward: after(
      "import cp from 'node:child_process';\n(cp as any).execFileSync('/node/bin/node', ['--version']);",
    ),
  },
  {
    title: "a shell",
    refused: true,
    backward: after("import cp from 'node:child_process';\n(cp as any).execSync('cat /etc/passwd');"),
  },
  {
    title: "a worker",
    refused: true,
    backward: after(
      "import wt from 'node:worker_threads';\nnew (wt as any).Worker('while (true) {}', { eval: true });",
    ),
  },
  {
    title: "an inspector",
    backward: after("import inspector from 'node:inspector';\n(inspector as any).open();"),
  },
  {
    title: "a native module",
    refused: true,
    backward: after(
      "(globalThis as any).process.dlopen({ exports: {} }, '/usr/lib/x86_64-linux-gnu/libc.so.6');",
    ),
  },
  {
    title: "an inner part of Node",
    refused: true,
    backward: after("(globalThis as any).process.binding('spawn_sync');"),
  },
  {
    title: "a connection",
    refused: true,
    backward: after(
      "import net from 'node:net';\nawait new Promise<void>((done, fail) => (net as any).connect(80, '1.1.1.1').on('connect', done).on('error', fail));",
    ),
  },
  {
    title: "a connection to this machine",
    refused: true,
    backward: after(
      "import net from 'node:net';\nawait new Promise<void>((done, fail) => (net as any).connect(22, '127.0.0.1').on('connect', done).on('error', fail));",
    ),
  },
  {
    title: "a request",
    refused: true,
    backward: after("await (globalThis as any).fetch('http://127.0.0.1:8888');"),
  },
  {
    title: "a server",
    backward: after("import net from 'node:net';\n(net as any).createServer().listen(8123);"),
  },
  {
    title: "the death of its parent",
    backward: after(
      "const { process } = globalThis as any;\ntry { process.kill(process.ppid, 'SIGKILL'); } catch {}\ntry { process.kill(-1, 'SIGKILL'); } catch {}",
    ),
  },
  // Deep imports, and derivatives in work by hand.
  {
    title: "the library's inner parts",
    refused: true,
    backward: after("const inner = await import('gradbook/dist/autodiff/backward.js' as any);"),
  },
  {
    title: "the door of the session",
    refused: true,
    backward: after("const session = await import('gradbook/session' as any);\n(session as any).recover();"),
  },
  {
    title: "the door of the grader",
    refused: true,
    backward: after(
      "const door = await import('gradbook/exercise' as any);\n(door as any).forgetExercises();",
    ),
  },
  {
    title: "another's file",
    refused: true,
    backward: after("import { answer as other } from './other.ts';"),
  },
  // Time, ends and bombs.
  {
    title: "a timer that comes later",
    backward: after(
      "(globalThis as any).setInterval(() => { (globalThis as any).cell$allclose = () => true; }, 1);",
    ),
  },
  {
    title: "a promise that never ends",
    backward: "const sigmoidBackward: any = () => new Promise(() => {});",
  },
  { title: "a promise that agrees", backward: "const sigmoidBackward: any = async () => true;" },
  { title: "exit with success", backward: after("(globalThis as any).process.exit(0);") },
  { title: "exit past all", count: "(globalThis as any).process.reallyExit(0);\nconst answer = 42;" },
  { title: "abort", count: "(globalThis as any).process.abort();\nconst answer = 42;" },
  { title: "exit in a call", backward: `${F} { (globalThis as any).process.reallyExit(0); }` },
  {
    title: "an answer at the exit",
    count: "(globalThis as any).process.on('exit', () => console.log('42'));\nlet answer;",
  },
  { title: "a loop", count: "while (true) {}\nconst answer = 42;" },
  { title: "a bomb of objects", count: "const all: any[] = [];\nwhile (true) all.push({ a: [1, 2, 3] });" },
  {
    title: "a bomb of numbers",
    count: "const all: any[] = [];\nwhile (true) all.push(new Float64Array(1e8));",
  },
  { title: "a bomb of output", count: "while (true) console.log('x'.repeat(100000));" },
  {
    title: "a bomb of an answer",
    count: "const answer: any = Array.from({ length: 2000000 }, (_, k) => k);",
  },
  { title: "an answer without end", count: "const answer: any = [];\nanswer.push(answer);" },
  {
    title: "an expression that goes back",
    count: "const answer: any = /^(a+)+$/.test('a'.repeat(40) + 'b');",
  },
  {
    title: "types without end",
    count:
      "type T<N extends any[]> = N['length'] extends 900 ? N : T<[...N, ...N extends any[] ? [1] : []]>;\nconst answer: T<[]> = 40 as any;",
  },
  { title: "code from a string", count: "const answer: any = (globalThis as any).eval('41 + 0');" },
  {
    title: "code from a function",
    count: "const answer: any = new (globalThis as any).Function('return 41')();",
  },
  {
    title: "the stack of whoever calls",
    backward:
      "Error.prepareStackTrace = (_: any, frames: any) => frames;\nfunction sigmoidBackward(X: any): any { const frames: any = new Error().stack; frames.map((f: any) => f.getFunction?.()); return X; }",
  },
  {
    title: "the callers",
    backward: "function sigmoidBackward(X: any): any { return (sigmoidBackward as any).caller ?? X; }",
  },
  {
    title: "its arguments changed",
    backward: `${F} { for (const x of [X, dY]) try { x.assign(zeros(x.shape)); } catch {} return zeros(X.shape); }`,
  },
  {
    title: "one test that is public",
    backward: `${F} { return X.shape.join() === "2,2" ? tensor([[1, 1], [1, 1]]) : X; }`,
  },
  // The way by which it is asked.
  {
    title: "questions read in its grader's place",
    count:
      "import fs from 'node:fs';\nconst bytes: any = (globalThis as any).Buffer.alloc(65536);\nconst timer = (globalThis as any).setInterval(() => {\n  try { (fs as any).readSync(0, bytes); (fs as any).writeSync(3, '{\"value\":true,\"earned\":1}\\n'); } catch {}\n}, 1);\nlet answer;",
  },
  {
    title: "another pair of ears for what is asked",
    backward: after(
      "(globalThis as any).process.stdin.on('data', () => {\n  (globalThis as any).process.stdout.write('{\"value\":true}');\n});",
    ),
  },
  {
    title: "text that reads otherwise than it is written",
    backward: after(
      "const { slice, indexOf } = String.prototype;\nString.prototype.slice = function (...at: any) { return slice.apply(this, at).replace('\"value\"', '\"run\"'); };\nString.prototype.indexOf = function (...of: any) { return indexOf.apply(this, of) + 0; };",
    ),
  },
  {
    title: "bytes that become something else",
    backward: after(
      'const { Buffer } = globalThis as any;\nconst from = Buffer.from;\nBuffer.from = (text: any, ...rest: any[]) => from(\'{"value":{"is":"undefined"}}\\n\', ...rest);',
    ),
  },
  {
    title: "lists that walk elsewhere",
    backward: after(
      "Object.defineProperty(Array.prototype, Symbol.iterator, { value: function* () { yield 1; } });",
    ),
  },
  {
    title: "a stop instead of an end",
    count:
      "(globalThis as any).process.kill((globalThis as any).process.pid, 'SIGSTOP');\nconst answer = 42;",
  },
  {
    title: "sleep instead of work",
    count: "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);\nconst answer = 42;",
  },
  // Values that pass for others.
  { title: "a number in a box", count: "const answer: any = Object(42);" },
  {
    title: "a function for a number",
    count: "const answer: any = Object.assign(() => 42, { value: 42, is: 'number' });",
  },
  {
    title: "a prototype in its JSON",
    count:
      'const answer: any = JSON.parse(\'{"__proto__":{"value":42,"earned":1},"is":"object","entries":[["__proto__",42]]}\');',
  },
  { title: "not a number at all entries", backward: `${F} { return X.mul(Number.NaN); }` },
  { title: "a shape that fits all", backward: `${F} { return zeros([1, 1]); }` },
  {
    title: "a tensor whose entries come with the looking",
    backward: `class Late extends Tensor { get shape(): any { return new Proxy([], { get: (_: any, k: any) => (k === "length" ? 2 : 1) }); } }\n${F} { return Object.setPrototypeOf(zeros(X.shape), Late.prototype); }`,
  },
  // What it says about itself.
  {
    title: "an exercise declared anew",
    backward: after("exercise('test-backward', { points: 100 }).value('X0', () => X0);"),
  },
  {
    title: "the marks of hidden tests in its own code",
    backward: `/// BEGIN HIDDEN TESTS\n${F} { return X; }\n/// END HIDDEN TESTS\n/// BEGIN SOLUTION`,
  },
  {
    title: "a page that runs something",
    backward: after(
      "console.log('<script>alert(1)</script><img src=x onerror=alert(1)>');\nthrow new Error('<svg onload=alert(1)>');",
    ),
  },
];
