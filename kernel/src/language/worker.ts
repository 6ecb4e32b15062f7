/** The language worker: an engine that answers the calls of a client in another thread. */

import "./compile-cache.ts";
import type { LanguageData } from "./channel.ts";
import { createLanguage } from "./engine.ts";
import { workerData } from "./node.ts";
import { serveLanguage } from "./serve.ts";

const { options, port } = workerData as LanguageData;
serveLanguage(createLanguage(options), port);
