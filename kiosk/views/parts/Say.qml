import QtQuick
import Hall.Controls

// A sentence; the type's own line height is 1.45. Plain text always: what a card or the hub says is never markup.
Text {
    property real size: Theme.body

    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: Math.max(1, size)
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
