"""Sets a sample plan as a PDF with a real text layer."""

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from thidua.demo.plan_docx import FOOTER, MOTTO, NATION
from thidua.demo.plan_source import PlanSource

SHEET = """
#let plan = json(bytes(sys.inputs.plan))
#set document(title: plan.subject, author: "Thi Đua", date: none)
#set page(
  paper: "a4", margin: (top: 2cm, bottom: 2cm, left: 3cm, right: 1.8cm),
  header: context if counter(page).get().first() > 1 {
    align(center, text(size: 11pt, counter(page).display()))
  },
  footer: align(center, text(size: 8pt, plan.footer)),
)
#set text(font: "Libertinus Serif", size: 13.5pt, lang: "vi", hyphenate: false)
#set par(justify: true, leading: 0.65em, spacing: 0.8em)
#grid(columns: (2fr, 3fr), align: center,
  [#if plan.parent != "" [#plan.parent #linebreak()]#strong(plan.body) #linebreak() Số: #plan.number],
  [#text(size: 12.5pt, strong(plan.nation)) #linebreak() #strong(plan.motto) #linebreak()
   #emph[#plan.place, #plan.date]])
#v(0.8em)
#align(center)[#strong(plan.type) #linebreak() #strong(plan.subject)]
#v(0.4em)
#for line in plan.lines {
  if line.strong { par(first-line-indent: 0pt, strong(line.text)) }
  else if line.emph { par(first-line-indent: (amount: 1cm, all: true), emph(line.text)) }
  else { par(first-line-indent: (amount: 1cm, all: true), line.text) }
}
#v(0.8em)
#block(breakable: false, grid(columns: (1fr, 1fr),
  [#strong[Nơi nhận:] #for who in plan.recipients [#linebreak() #text(size: 11pt, who)]],
  align(center, plan.signature.map(line => strong(line)).join(linebreak()))))
"""
FIXED = datetime(2026, 1, 1, tzinfo=UTC)


def set_pdf(plan: PlanSource) -> bytes:
    """Set ``plan`` with the fonts typst carries, so that every machine gives the same file."""
    last = len(plan.recipients) - 1
    recipients = [f"- {who}{'.' if i == last else ';'}" for i, who in enumerate(plan.recipients)]
    inputs = {
        "parent": plan.parent,
        "body": plan.body,
        "number": plan.number,
        "place": plan.place,
        "date": plan.date,
        "type": plan.type,
        "subject": plan.subject,
        "nation": NATION,
        "motto": MOTTO,
        "footer": FOOTER,
        "recipients": recipients,
        "signature": plan.signature,
        "lines": [
            {
                "text": f"{line.number} {line.text}".strip() if line.kind != "bullet" else f"- {line.text}",
                "strong": line.is_title,
                "emph": line.text.startswith(("Căn cứ", "Xét đề nghị")),
            }
            for line in plan.lines
        ],
    }
    with TemporaryDirectory() as folder:
        sheet = Path(folder, "plan.typ")
        sheet.write_text(SHEET, encoding="utf-8")
        made = typst.compile(
            str(sheet),
            ignore_system_fonts=True,
            sys_inputs={"plan": json.dumps(inputs, ensure_ascii=False)},
            timestamp=int(FIXED.timestamp()),
        )
    return bytes(made)
