// The counter's video window: the citizen large at the left; one's own picture, the notes and the keys beside it.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Hall.Video
import Hall.VideoCall

Window {
    id: window
    objectName: "video"

    required property VideoModel video
    readonly property real side: Math.max(300, Math.min(440, width * 0.24))

    width: 1366
    height: 768
    minimumWidth: 900
    minimumHeight: 560
    color: Theme.ground
    title: video.labels.title.word
    onClosing: video.rest()
    Component.onCompleted: Theme.app = "counter"

    VideoTitle {
        id: head
        width: parent.width
        height: 80
        video: window.video
        size: 24
    }
    VideoStage {
        anchors { top: head.bottom; left: parent.left; right: beside.left; rightMargin: Theme.margin; bottom: parent.bottom }
        video: window.video
        size: Math.max(28, Math.min(44, width / 28))
    }
    Item {
        id: beside
        anchors { top: head.bottom; topMargin: Theme.margin; right: parent.right; rightMargin: Theme.margin; bottom: parent.bottom; bottomMargin: Theme.margin }
        width: window.side

        OwnPicture {
            id: own
            width: parent.width
            height: Math.min(width * 0.75, beside.height * 0.34)
            video: window.video
        }
        VideoNotes {
            anchors { top: own.bottom; topMargin: Theme.margin; left: parent.left; right: parent.right }
            video: window.video
            size: window.height > 700 ? Theme.large : Theme.body
        }
        Column {
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            spacing: Theme.gap

            component Key: VideoKey {
                video: window.video
                width: window.side
                height: window.height > 700 ? 76 : 60
                size: 22
            }

            Key { place: ["call", "answer", "hold", "resume"] }
            Key { place: ["mute", "unmute"] }
            Key { place: ["hang-up"] }
        }
    }
}
