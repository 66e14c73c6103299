"""Paragraphs of `format=flowed` mail put together again (RFC 3676)."""


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Join lines that end in a space with the next of the same quote depth; `-- ` never flows."""
    out: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        signature = content == "-- "
        flows = content.endswith(" ") and not signature
        if depth != open_depth or signature:
            out.append("\n" + ">" * depth + (" " if depth else ""))
        out.append(content[:-1] if flows and delete_space else content)
        open_depth = depth if flows else -1
    return "".join(out)[1:]
