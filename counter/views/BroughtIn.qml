// What came of the calls by hand, once the hub is back; put away by whoever has read it.
import QtQuick
import Hall.Controls
import Counter

Rectangle {
    id: strip

    required property ManualModel manual
    required property Ink ink
    readonly property bool bad: manual.conflicts.length > 0

    height: visible ? Math.max(56, words.height + 24) : 0
    color: bad ? Theme.callSoft : Theme.doneSoft

    Column {
        id: words
        anchors { left: parent.left; leftMargin: 16; right: ok.left; rightMargin: 16; verticalCenter: parent.verticalCenter }
        spacing: 4

        Words {
            objectName: "brought-in"
            ink: strip.ink
            text: (strip.bad ? "! " : "✓ ") + strip.manual.outcome
            color: strip.bad ? Theme.inkOnCallSoft : Theme.inkOnDoneSoft
            font { pixelSize: 18; weight: Font.Bold }
            wrapMode: Text.Wrap
            maximumLineCount: 2
            width: parent.width
        }
        Words {
            objectName: "brought-conflicts"
            visible: strip.bad
            ink: strip.ink
            text: strip.manual.conflicts.join("  ·  ")
            color: Theme.inkOnCallSoft
            wrapMode: Text.Wrap
            maximumLineCount: 3
            width: parent.width
        }
    }
    PlainKey {
        id: ok
        objectName: "brought-ok"
        ink: strip.ink
        text: qsTr("知道了")
        hint: "Esc"
        height: 40
        anchors { right: parent.right; rightMargin: 16; verticalCenter: parent.verticalCenter }
        onActivated: strip.manual.dismiss()
    }
}
