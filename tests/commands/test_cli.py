"""The command line: what it lists, what it refuses, what it returns."""

import sys

import pytest

from thidua import cli


def test_without_a_command_the_usage_is_shown(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([])

    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines()[0] == "cách dùng: thidua [-h] LỆNH ..."


def test_help_lists_every_command_with_a_summary(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])

    printed = capsys.readouterr().out
    assert ended.value.code == 0
    assert [name for name in cli.COMMANDS if name not in printed] == []


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_each_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"cách dùng: thidua {name} ")


def test_an_unknown_command_is_refused(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["nonsense"])

    assert ended.value.code == 2
    assert "nonsense" in capsys.readouterr().err


def test_a_setting_nobody_knows_is_told_in_a_sentence(monkeypatch, capsys):
    monkeypatch.setenv("THIDUA_BOGUS", "1")

    status = cli.main(["serve"])

    assert status == 2
    assert capsys.readouterr().err.startswith("Không có thiết lập THIDUA_BOGUS.")


def test_the_parser_of_a_command_is_only_loaded_when_it_is_asked_for(monkeypatch):
    monkeypatch.delitem(sys.modules, "thidua.commands.doctor", raising=False)

    with pytest.raises(SystemExit):
        cli.main(["audit", "--help"])

    assert "thidua.commands.doctor" not in sys.modules
