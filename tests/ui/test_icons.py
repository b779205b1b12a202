import re
from pathlib import Path

import thidua
from thidua.ui.assets import icon_names

NAMED = re.compile(r"""icon_name=["']([a-z0-9-]+)["']|\bicon\(\s*["']([a-z0-9-]+)["']""")


def test_every_icon_a_template_names_is_in_the_sprite():
    templates = sorted(Path(thidua.__file__).parent.glob("*/templates/**/*.html"))
    named = {
        (one or other, template.name)
        for template in templates
        for one, other in NAMED.findall(template.read_text(encoding="utf-8"))
    }

    assert len(named) > 50
    assert [pair for pair in sorted(named) if pair[0] not in icon_names()] == []
