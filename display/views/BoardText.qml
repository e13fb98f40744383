// Plain text in the boards' type: what comes from the hall is never markup.
import QtQuick

Text {
    required property Ink ink

    color: ink.text
    font.family: ink.family
    textFormat: Text.PlainText
    elide: Text.ElideRight
    verticalAlignment: Text.AlignVCenter
    maximumLineCount: 1
}
