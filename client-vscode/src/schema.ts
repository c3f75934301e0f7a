import * as vscode from "vscode";

/**
 * Says where the schema of `invigilator.toml` lies. Extensions for TOML (Even Better TOML, Tombi) read `tomlValidation` in the
 * manifests of others and take its `url` as it stands there: of a relative one, such as every other kind of contribution has,
 * they make nothing.
 */
export function locateSchema({ packageJSON, extensionUri }: vscode.Extension<unknown>, log: vscode.LogOutputChannel): void {
  try {
    const { contributes } = packageJSON as { contributes: { tomlValidation: { url: string }[] } };
    for (const rule of contributes.tomlValidation) {
      if (!/^[a-z][a-z0-9+.-]*:/i.test(rule.url)) {
        rule.url = vscode.Uri.joinPath(extensionUri, rule.url).toString();
      }
    }
  } catch (error) {
    log.debug(`The schema of invigilator.toml: ${String(error)}`); // a manifest that cannot be written to: nothing else depends on it
  }
}
