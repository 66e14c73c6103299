"""Writers of formats that other programs read; none of them knows where the text goes."""
