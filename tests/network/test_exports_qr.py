"""The QR code: a drawing without styles, with a name."""

from network.exports import qr


def test_the_drawing_has_a_name_and_no_style():
    drawing = qr.svg("https://example.org/intern/netzwerk/einlass/17-abc/", title="Einlass")

    assert drawing.startswith("<svg ")
    assert "<title>Einlass</title>" in drawing
    assert "style=" not in drawing
    assert "class=" not in drawing


def test_the_same_text_gives_the_same_drawing_and_markup_is_escaped():
    assert qr.svg("a") == qr.svg("a")
    assert qr.svg("a") != qr.svg("b")
    assert "<b>" not in qr.svg("a", title="<b>")
