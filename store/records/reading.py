"""Reading records from documents that other programs, and newer versions, write too: what does not fit is
left out of the record, field by field, and stays in the file."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar, get_args, get_origin

import msgspec

LATEST = 2**53
"""The latest time, in milliseconds, and the largest number that a record holds."""
Number = Annotated[int, msgspec.Meta(ge=0, le=LATEST)]
"""A time in milliseconds, or a count: what every reader of JSON can hold, and what can be sorted by."""

T = TypeVar("T", bound=msgspec.Struct)
_DEPTH = 4
"""Objects and lists within one another, as deep as a record has them."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def read_fields(document: Mapping[str, Any], kind: type[T]) -> T:
    """Read a document as a record; a field that does not fit is as if it were not there.

    Of lists and of objects within, the parts that fit are kept, and a number out of bounds is the nearest
    one within; an object that may be missing as a whole is taken whole or not at all.
    """
    values = {name: _clean(document[name]) for name in kind.__struct_fields__ if name in document}
    try:
        return msgspec.convert(values, kind, strict=False)
    except ValueError:
        fields = msgspec.structs.fields(kind)
    fitting = {field.name: _fit(values[field.name], field.type) for field in fields if field.name in values}
    return kind(**{name: value for name, value in fitting.items() if value is not msgspec.UNSET})


def _fit(value: Any, kind: Any) -> Any:
    """Return what of a value fits a type, UNSET where nothing does."""
    try:
        return msgspec.convert(value, kind, strict=False)
    except ValueError:
        pass
    if isinstance(value, int) and not 0 <= value <= LATEST:
        return _fit(min(max(value, 0), LATEST), kind)
    if isinstance(value, list) and get_origin(kind) is tuple:
        parts = (_fit(part, get_args(kind)[0]) for part in value)
        return tuple(part for part in parts if part is not msgspec.UNSET)
    if isinstance(value, dict) and get_origin(kind) is dict:
        named = {name: _fit(part, get_args(kind)[1]) for name, part in value.items()}
        return {name: part for name, part in named.items() if part is not msgspec.UNSET}
    if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return read_fields(value, kind)
    return msgspec.UNSET


def _clean(value: Any, depth: int = _DEPTH) -> Any:
    """Return a value without lone surrogates, which no file and no terminal takes."""
    if isinstance(value, str):
        return value if value.isascii() else _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_clean(part, depth - 1) for part in value] if depth else None
    if isinstance(value, dict):
        return {_clean(name): _clean(part, depth - 1) for name, part in value.items()} if depth else None
    return value
