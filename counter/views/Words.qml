// Plain text in the counter's type: what comes from the hall is never markup.
import QtQuick

Text {
    id: words

    required property Ink ink

    color: ink.text
    font { family: ink.family; pixelSize: ink.body }
    textFormat: Text.PlainText
    elide: Text.ElideRight
    verticalAlignment: Text.AlignVCenter
    maximumLineCount: 1
}
