// One earlier call: number and masked holder, window, where it is.
import QtQuick

Rectangle {
    id: row

    required property Ink ink
    required property var call
    required property string windowWord

    radius: 16
    color: row.ink.card
    border { width: 1; color: row.ink.line }

    BoardText {
        id: number
        ink: row.ink
    text: row.call.number
        numeral: true
        elide: Text.ElideNone
        font { pixelSize: 98; weight: Font.Black; features: { "tnum": 1 } }
        fontSizeMode: Text.HorizontalFit
        width: row.width * 0.27
        height: row.height
        anchors { left: parent.left; leftMargin: 32 }
    }
    BoardText {
        id: holder
        ink: row.ink
        text: row.call.holder
        color: row.ink.quiet
        font.pixelSize: 46
        width: row.width * 0.09
        height: row.height
        anchors { left: number.right; leftMargin: 8 }
    }
    BoardText {
        id: arrow
        ink: row.ink
        text: row.call.arrow
        color: row.ink.accent
        font { pixelSize: 72; weight: Font.Bold }
        height: row.height
        anchors { left: holder.right; leftMargin: 8 }
    }
    BoardText {
        id: desk
        ink: row.ink
        text: row.call.window
        numeral: true
        elide: Text.ElideNone
        horizontalAlignment: Text.AlignRight
        color: row.ink.structure
        font { pixelSize: 98; weight: Font.Black; features: { "tnum": 1 } }
        width: row.width * 0.14
        height: row.height
        anchors { left: arrow.right; leftMargin: 8 }
    }
    BoardText {
        id: word
        ink: row.ink
        text: row.windowWord
        font { pixelSize: 46; weight: Font.Medium }
        height: row.height
        anchors { left: desk.right; leftMargin: 12 }
    }
    BoardText {
        ink: row.ink
        text: row.call.place
        color: row.ink.quiet
        font.pixelSize: 40
        horizontalAlignment: Text.AlignRight
        height: row.height
        anchors { left: word.right; leftMargin: 16; right: parent.right; rightMargin: 32 }
    }
}
