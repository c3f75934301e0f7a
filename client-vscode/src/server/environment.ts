const misleading = new Set(["PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP"]);

/**
 * The environment for a program of ours: the extension's own, less what would let modules of a workspace stand in for
 * Python's. An installed command is not isolated as the bundled server is.
 */
export function ownEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !misleading.has(name.toUpperCase())));
}
