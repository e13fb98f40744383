pragma ComponentBehavior: Bound
// What else to know: warnings first, each on a ground of its own; the hint about headsets last.
import QtQuick
import Hall.Controls
import Hall.VideoCall

Column {
    id: notes

    required property VideoModel video
    property real size: Theme.body

    objectName: "video-notes"
    spacing: Theme.gap

    Repeater {
        model: notes.video.notes

        delegate: Rectangle {
            id: note

            required property var modelData
            readonly property bool isWarning: modelData.kind === "warn"

            width: notes.width
            height: said.height + 2 * Theme.gap
            radius: Theme.radius
            color: isWarning ? Theme.callSoft : Theme.actionSoft

            TwoTongues {
                id: said

                objectName: "video-note-" + note.modelData.kind
                anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter; margins: Theme.space }
                words: note.modelData
                size: notes.size
                ink: note.isWarning ? Theme.inkOnCallSoft : Theme.ink
            }
        }
    }
}
