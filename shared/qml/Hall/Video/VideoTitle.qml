// The head of the window: its name, and what a technician asks for at the right.
import QtQuick
import Hall.Controls
import Hall.VideoCall

Rectangle {
    id: title

    required property VideoModel video
    property real size: Theme.large

    color: Theme.structure

    TwoTongues {
        anchors { left: parent.left; leftMargin: Theme.margin; right: line.left; rightMargin: Theme.space; verticalCenter: parent.verticalCenter }
        words: title.video.labels.title
        size: title.size
        weight: Font.Bold
        ink: Theme.inkOnStructure
        otherInk: Theme.quietOnDark
    }
    Column {
        id: line

        anchors { right: parent.right; rightMargin: Theme.margin; verticalCenter: parent.verticalCenter }

        PlainText {
            objectName: "video-listens"
            anchors.right: parent.right
            text: title.video.labels.listens.word + "  " + title.video.labels.listens.other
            size: Math.max(Theme.small, title.size * 0.6)
            color: Theme.inkOnStructure
        }
        PlainText {
            objectName: "video-calls"
            anchors.right: parent.right
            visible: text.trim() !== ""
            text: title.video.labels.calls.word + "  " + title.video.labels.calls.other
            size: Math.max(Theme.small, title.size * 0.6)
            color: Theme.quietOnDark
        }
    }
}
