const vscode = require("vscode");

exports.activate = () => {
  const changed = new vscode.EventEmitter();
  let selected;
  return {
    getEnvironment: async () => (selected ? { execInfo: { run: { executable: selected, args: [] } } } : undefined),
    onDidChangeEnvironment: changed.event,
    /** What a user does in the picker; undefined: no environment any longer. */
    select(path) {
      selected = path;
      changed.fire({ new: selected });
    },
  };
};
