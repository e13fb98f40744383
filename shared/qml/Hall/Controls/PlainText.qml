// A sentence as people read it: plain text only, the hall's font, lines with air between them.
import QtQuick

Text {
    property real size: Theme.body

    textFormat: Text.PlainText
    font.family: Theme.family
    font.pixelSize: size
    color: Theme.ink
    // Times the font's own height, which is 1.45 of its size already.
    lineHeight: lineCount > 1 ? Theme.lineHeight * 0.72 : 1
    wrapMode: Text.Wrap
    elide: Text.ElideNone
}
