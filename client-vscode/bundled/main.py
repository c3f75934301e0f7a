"""Starts the bundled language server: `python -I -S -X utf8 main.py`.

Any Python can read this file, also one that is too old.
"""

import os
import sys

TOO_OLD = 78  # these two the extension knows, too: src/server/limits.ts
NOT_PACKAGED = 79

HERE = os.path.dirname(os.path.abspath(__file__))
LIBS = os.path.join(HERE, "libs")


def main():
    if sys.version_info < (3, 10):
        version = ".".join(str(number) for number in sys.version_info[:3])
        sys.stderr.write("Invigilator needs Python 3.10 or newer; this one is %s: %s\n" % (version, sys.executable))
        return TOO_OLD
    if not os.path.isdir(LIBS):
        sys.stderr.write("Invigilator's server is not packaged: there is no %s. `npm run package` makes it.\n" % LIBS)
        return NOT_PACKAGED
    sys.path.insert(0, LIBS)
    from invigilator.lsp.serving import serve

    return serve()


if __name__ == "__main__":
    sys.exit(main())
