// The notices at the foot, one after another. A short one stands still; a long one runs past once, evenly.
import QtQuick
import Display

Rectangle {
    id: foot

    required property NoticesModel notices
    required property Ink ink
    property int at: 0
    readonly property list<string> lines: notices.lines
    readonly property real excess: Math.max(0, words.implicitWidth - lane.width)

    color: foot.ink.structure
    clip: true

    onLinesChanged: {
        foot.at = 0
        foot.start()
    }
    onExcessChanged: foot.start()
    Component.onCompleted: foot.start()

    function start() {
        show.stop()
        words.x = 0
        if (foot.lines.length > 0)
            show.start()
    }

    Item {
        id: lane
        clip: true
        anchors { fill: parent; leftMargin: 32; rightMargin: 16 }

        BoardText {
            id: words
            objectName: "notice"
            ink: foot.ink
            text: foot.lines.length > 0 ? foot.lines[foot.at % foot.lines.length] : ""
            color: foot.ink.light
            elide: Text.ElideNone
            font.pixelSize: 38
            height: parent.height
        }
    }
    SequentialAnimation {
        id: show

        PauseAnimation { duration: foot.excess > 0 ? 3000 : 8000 }
        NumberAnimation {
            target: words
            property: "x"
            to: -foot.excess
            duration: foot.excess * 8
        }
        PauseAnimation { duration: foot.excess > 0 ? 3000 : 0 }
        onFinished: {
            foot.at = (foot.at + 1) % Math.max(1, foot.lines.length)
            foot.start()
        }
    }
}
