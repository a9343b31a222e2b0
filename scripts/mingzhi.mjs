#!/usr/bin/env node
// Starts the TypeScript command line without a build step: every file uses only syntax that erases.
import { register } from "tsx/esm/api";

register();
await import("./mingzhi.ts");
