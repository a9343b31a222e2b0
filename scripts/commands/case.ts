/** Operations on what was filed: complaints by receipt, cases by account, accounts, copies and retention. */
import type { Command } from "commander";
import { registerBackupCommands } from "./backup.ts";
import { registerDeskCommands } from "./case-desk.ts";
import { registerComplaintCommands } from "./complaint.ts";
import type { Io } from "./io.ts";
import { registerRetentionCommand } from "./retention.ts";
import { registerUserCommands } from "./user.ts";

export function registerCaseCommands(program: Command, io: Io): void {
  registerComplaintCommands(program, io);
  registerDeskCommands(program, io);
  registerUserCommands(program, io);
  registerBackupCommands(program, io);
  registerRetentionCommand(program, io);
}
