"""What a drawn step or link is called: the names that screen readers say, and the list and files use."""

from app.core.formatting import count
from app.theory_of_change.lenses import Sign
from app.theory_of_change.reading import LinkRow, NodeRow, TheMap


def step_name(the_map: TheMap, node: NodeRow, leads_to: int, sign: Sign | None = None) -> str:
    """ "Activity: Hold drop-ins. Amber. Leads to 2 steps"."""
    said = [f"{node.kind.label}: {_sentence(node.text)}"]
    if sign:
        said.append(_sentence(sign.words))
    said.append(f"Leads to {count(leads_to, 'step')}" if leads_to else "Leads to nothing yet")
    return " ".join(said)


def link_name(
    the_map: TheMap, link: LinkRow, sign: Sign | None = None, *, back: bool = False
) -> str:
    """ "“Hold drop-ins” leads to “Young people come”. Weak evidence"."""
    verb = "leads back to" if back else "leads to"
    name = f"“{the_map.by_id[link.from_id].text}” {verb} “{the_map.by_id[link.to_id].text}”"
    return f"{name}. {sign.words}" if sign else name


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
