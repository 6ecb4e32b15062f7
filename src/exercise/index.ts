/**
 * The door of a grader, `gradbook/exercise`: it runs the declarations of a notebook here, answers of the student come
 * from elsewhere as JSON, and reports leave as JSON.
 */

export { type Datum, fromDatum, readDatum, toDatum } from "./datum.ts";
export { Exercise } from "./exercise.ts";
export { type Checking, checking } from "./grade.ts";
export {
  connectGrader,
  type Declared,
  declared,
  find,
  forgetExercises,
  type Grader,
  studentHere,
} from "./registry.ts";
export type { Finding, Report, Shown, Step, Verdict } from "./report.ts";
export { reportBundle, reportText } from "./show.ts";
export {
  type Answer,
  type Asking,
  askHere,
  askThere,
  lookupHere,
  type Question,
  type Realm,
  type RemoteStudent,
  readAnswer,
  type Student,
  studentIn,
} from "./student.ts";
