import type { Reports } from "./reports/reports";
import type { Server } from "./server/server";

/** What the extension gives to others, tests first of all. */
export interface Api {
  readonly server: Server;
  readonly reports: Reports;
}
