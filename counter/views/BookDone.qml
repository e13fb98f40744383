// What was done, large enough to be read out: day, time, place, and the code in two groups.
import QtQuick
import Counter

FocusScope {
    id: view

    required property BookModel book
    required property Ink ink

    // An Enter too many must not wipe the code away: it rests here, Tab goes on to the keys.
    activeFocusOnTab: true
    onVisibleChanged: if (visible) forceActiveFocus()
    Accessible.role: Accessible.AlertMessage
    Accessible.name: `${book.doneTitle} ${book.doneDay} ${book.doneTime}`

    Rectangle {
        anchors.fill: parent
        radius: 16
        color: view.ink.accentSoft
    }
    Column {
        anchors.centerIn: parent
        width: parent.width - 80
        spacing: 10

        Words { ink: view.ink; objectName: "done-title"; text: view.book.doneTitle; color: view.ink.accent; font { pixelSize: 24; weight: Font.Bold } }
        Row {
            spacing: 28

            Words { ink: view.ink; objectName: "done-day"; text: view.book.doneDay; font { pixelSize: 46; weight: Font.Bold; features: { "tnum": 1 } } }
            Words { ink: view.ink; objectName: "done-time"; text: view.book.doneTime; font { pixelSize: 46; weight: Font.Bold; features: { "tnum": 1 } } }
        }
        Words { ink: view.ink; objectName: "done-place"; visible: text !== ""; text: view.book.donePlace; font.pixelSize: 24; width: parent.width }
        Words {
            ink: view.ink
            objectName: "done-note"
            text: view.book.doneNote
            color: view.ink.quiet
            font.pixelSize: 18
            width: parent.width
            wrapMode: Text.Wrap
            maximumLineCount: 3
        }
        Item { visible: code.visible; width: 1; height: 14 }
        Words { visible: code.visible; ink: view.ink; text: qsTr("预约码，逐个读给来电人（0 是数字零，1 是数字一）"); color: view.ink.quiet; font.pixelSize: view.ink.small }
        Words {
            id: code
            objectName: "done-code"
            ink: view.ink
            visible: text !== ""
            text: view.book.doneCode
            font { pixelSize: 52; weight: Font.Bold; letterSpacing: 12; features: { "tnum": 1 } }
        }
    }
}
