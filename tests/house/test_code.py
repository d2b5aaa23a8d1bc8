"""Floors, services, views and sizes: what import-linter and ruff cannot see."""

import ast
import re

import pytest
from django.db import models

from tests.house.source import FLOORS, MODELS, ROOT, TEMPLATES, files, floor, functions, name, rooms

WRITE_VERBS = {
    *("save", "create", "update", "delete", "send", "enqueue", "execute", "get_or_create"),
    *("update_or_create", "bulk_create", "bulk_update", "send_mail"),
}
# Services that hold no transaction of their own, with the reason.
NOT_ATOMIC = {
    "network/services/mailbox.py:collect": "each mail is a transaction of its own",
    "network/services/certificates.py:hand_out": "sets certificate by certificate",
    "network/services/day_papers.py:make_attendance": "sets pages and must not lock meanwhile",
    "network/services/day_papers.py:make_badges": "sets pages and must not lock meanwhile",
    "programme/services/demo_data.py:refuse_real_people": "only reads and refuses",
    "programme/services/logbook.py:seal_left_over": "seals some hundred entries at a time",
    "programme/services/logbook.py:make_table": "reads all of the log and must not lock meanwhile",
    "programme/services/voucher_tables.py:make_table": "writes a file and must not lock meanwhile",
    "programme/services/binders.py:make_binder": "writes files and must not lock meanwhile",
    "programme/services/funding_file.py:make_file": "writes files and must not lock meanwhile",
    "publications/services/orders.py:prepare": "writes a letter and must not lock meanwhile",
    "publications/services/packing.py:make_packing": "sets pages and must not lock meanwhile",
    "publications/services/leaving.py:make_site": "writes files and must not lock meanwhile",
    "publications/services/leaving.py:make_archive": "writes files and must not lock meanwhile",
    "network/services/occasion_papers.py:meeting_papers": "only reads",
    "network/services/proof_effects.py:offices": "only reads",
    "network/services/proof_effects.py:people": "only reads",
    "sites/services/proof_effects.py:measures": "only reads",
    "programme/services/printouts.py:making": "notes a failure after the work was rolled back",
    "programme/services/printouts.py:finish": "sets pages for seconds and must not lock meanwhile",
    "publications/services/editions.py:render": "saves its progress step by step",
    "publications/services/edition_files.py:make": "saves each format as soon as it is made",
    "network/services/paper.py:make_letters": "sets pages for seconds and must not lock meanwhile",
    "network/services/minutes.py:make_printout": "reads, then hands over the printed file",
    "sites/services/decision_memos.py:make": "sets pages and must not lock meanwhile",
    "programme/services/drawdown_papers.py:make_request": "sets pages and must not lock meanwhile",
    "programme/services/proof_papers.py:make_proof": "sets pages and must not lock meanwhile",
}
FORBIDDEN_NAMES = {"utils", "helpers", "misc", "common"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_go_down_only_and_leave_no_trace_below(model):
    for field in model._meta.get_fields():
        if not isinstance(field, models.ForeignKey | models.ManyToManyField):
            continue
        assert floor(field.related_model) <= floor(model), f"{field} looks upstairs"
        if floor(field.related_model) < floor(model) and isinstance(field, models.ForeignKey):
            assert field.remote_field.related_name == "+", f"{field} leaves a trace below"
            assert field.remote_field.on_delete is models.PROTECT, f"{field} must protect"


def test_services_are_atomic_keyword_only_and_documented():
    found = []
    for path in rooms("services"):
        for function in functions(path):
            where = f"{name(path)}:{function.name}"
            decorators = " ".join(ast.unparse(item) for item in function.decorator_list)
            positional = function.args.args + function.args.posonlyargs
            if positional or function.args.vararg:
                found.append(f"{where} takes positional arguments")
            if not ast.get_docstring(function):
                found.append(f"{where} is not documented")
            if "transaction.atomic" not in decorators and where not in NOT_ATOMIC:
                found.append(f"{where} is not atomic")

    assert found == []


def test_queries_rules_and_exports_are_documented():
    found = [
        f"{name(path)}:{function.name}"
        for path in rooms("queries", "rules", "exports", "emails", "jobs", "outbox")
        for function in functions(path)
        if not ast.get_docstring(function)
    ]

    assert found == []


def test_views_and_forms_never_write():
    found = [
        f"{name(path)}:{node.lineno} {ast.unparse(node)}"
        for path in rooms("views", "forms")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITE_VERBS
    ]

    assert found == []


def test_files_functions_and_templates_are_small():
    found = []
    for path in files(*FLOORS, "scripts"):
        text = path.read_text()
        if len(text.splitlines()) > 300:
            found.append(f"{name(path)} has {len(text.splitlines())} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > 40:
                    found.append(f"{name(path)}:{node.name} has {length} lines")
    found += [
        f"{name(path)} has more than 150 lines"
        for path in TEMPLATES
        if len(path.read_text().splitlines()) > 150
    ]

    assert found == []


def test_the_day_of_a_moment_is_the_day_in_hessen_not_in_utc():
    found = []
    for path in files(*FLOORS):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.FormattedValue(value=ast.Attribute(attr=read), format_spec=how) if how:
                    told = read
                case ast.Call(func=ast.Attribute(value=ast.Attribute(attr=read), attr="date")):
                    told = read
                case _:
                    told = ""
            if told.endswith("_at"):
                found.append(f"{name(path)}:{node.lineno} asks {told} without clock.day_of")

    assert found == []


def test_no_file_is_a_drawer_for_everything():
    found = [
        name(path)
        for path in files(*FLOORS, "tests", "scripts")
        if FORBIDDEN_NAMES & {path.stem, path.parent.name}
    ]

    assert found == []


def test_nothing_is_left_to_do_and_nothing_is_made_of_latin():
    pattern = re.compile(r"\b(TODO|FIXME|[Ll]orem [Ii]psum)\b")
    documents = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")]
    mine = ROOT / "tests" / "house" / "test_code.py"
    found = [
        name(path)
        for path in [*files(*FLOORS, "tests", "scripts"), *TEMPLATES, *documents]
        if path != mine and pattern.search(path.read_text())
    ]

    assert found == []
