// Plain text in the boards' type: what comes from the hall is never markup.
import QtQuick

Text {
    id: text

    required property Ink ink
    // Digits and capitals stand 0.07 em below the middle of this typeface's line; this lifts them into it.
    property bool numeral: false

    color: ink.text
    font.family: ink.family
    textFormat: Text.PlainText
    elide: Text.ElideRight
    verticalAlignment: Text.AlignVCenter
    maximumLineCount: 1
    transform: Translate { y: text.numeral ? -0.069 * text.fontInfo.pixelSize : 0 }
}
