"""Tell at a glance whether a text speaks of cooperatives at all, so that other texts cost next to nothing.

Looks for the roots that a lexicon names, anywhere, also inside longer words. Says nothing about what is told of
cooperatives: a text that passes is read in full, often for nothing.
"""

from helpers.read.folding import fold
from helpers.read.lexicon import Lexicon


def speaks_of_cooperatives(text: str, lexicon: Lexicon) -> bool:
    """Return whether ``text`` holds a root of ``lexicon``, in small letters or capitals.

    The printed text is searched first; its folded form, which costs ten times as much, only where something in the text
    could hide a root: letters apart from their marks, invisible signs, spaces that are no plain space.

    >>> from helpers.read.lexicon import load_lexicon
    >>> lexicon = load_lexicon("vi")
    >>> [speaks_of_cooperatives(text, lexicon) for text in ("HTX Thuận An", "HỢP TÁC XÃ", "hợp tác với Lào")]
    [True, True, False]
    >>> import unicodedata
    >>> speaks_of_cooperatives(unicodedata.normalize("NFD", "hợp tác xã"), lexicon)
    True
    >>> speaks_of_cooperatives("h\\u200bợp\\u00a0tác xã", lexicon)
    True
    """
    small = text.lower()
    if any(map(small.__contains__, lexicon.roots)):
        return True
    if not any(map(text.__contains__, lexicon.hiding_signs)):
        return False
    plain = " ".join(fold(text).text.split())
    return any(map(plain.__contains__, lexicon.roots))
