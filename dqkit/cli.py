"""The command line: `dqkit COMMAND …`. A command lives in `dqkit/commands/<command>.py`, loaded when it is called."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from errno import EIO, ENOSPC
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dqkit import __version__
from dqkit.errors import DqkitError
from dqkit.patterns import keep

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (
    "accept", "baseline", "check", "explain", "gx", "init", "list", "pairs", "report", "schema", "suggest", "test",
)  # fmt: skip
PASSED, FAILED, UNSURE = 0, 1, 2
"""Exit codes: the gate passed; findings at or above `--fail-on`; dqkit cannot vouch."""


YOUNG = 100_000
"""Objects made since the last look for unreachable cycles before the next one; our values form few."""


def start() -> int:
    """Run one command as the whole of a process, and give its exit code.

    A run is short: with Python's own measure, looking for cycles in tables that stay takes a sixth of it, here and when
    the process is taken down.
    """
    gc.set_threshold(YOUNG, 20, 20)
    code = main()
    keep()
    gc.freeze()
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started the run, who wants to hear the exit code alone
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 # open until the end
        elif hasattr(stream, "reconfigure"):  # a terminal that cannot show a character gets its escape, not a crash
            stream.reconfigure(errors="backslashreplace")
    try:
        parsed = parser(arguments).parse_args(arguments)
        code = int(parsed.run(parsed))
        sys.stdout.flush()
        return code
    except DqkitError as error:
        print(f"dqkit: {error}", file=sys.stderr)  # noqa: T201
        return UNSURE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains again at exit
        return UNSURE
    except OSError as error:
        if error.filename is not None or error.errno not in (ENOSPC, EIO):
            return _fault()
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"dqkit: the output cannot be written: {error.strerror}", file=sys.stderr)  # noqa: T201
        return UNSURE
    except KeyboardInterrupt:
        print("dqkit: interrupted", file=sys.stderr)  # noqa: T201
        return UNSURE
    except Exception:  # noqa: BLE001 # the last resort
        return _fault()


def _fault() -> int:
    """Show the exception that is being handled, and vouch for nothing."""
    import traceback

    traceback.print_exc()
    print("dqkit: this is a fault in dqkit, not in your files; please report it", file=sys.stderr)  # noqa: T201
    return UNSURE


def parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Make the parser; only the command that is called, or all of them for help, adds its flags."""
    # argparse would ask for translations of its few words, and with them load `locale`; ours are English, too.
    vars(argparse)["_"] = str
    # argparse would load `shutil`, and with it five compression modules, to ask for the width of the terminal.
    columns = os.environ.get("COLUMNS", "")
    form = partial(argparse.HelpFormatter, width=int(columns if columns.isdecimal() else 100) - 2)
    what = "Data-quality validation and test-fixture kit for text corpora."
    top = argparse.ArgumentParser(prog="dqkit", description=what, formatter_class=form)
    top.add_argument("--version", action="version", version=f"dqkit {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    called = next((word for word in arguments if not word.startswith("-")), None)
    for name in (called,) if called in COMMANDS else COMMANDS:
        module: Any = import_module(f"dqkit.commands.{name}")
        command = commands.add_parser(name, help=module.HELP, description=module.__doc__, formatter_class=form)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return top
