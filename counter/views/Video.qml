// The counter's video window: the citizen large at the left; one's own picture and the notes beside, the keys below.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Hall.Video
import Hall.VideoCall

Window {
    id: window
    objectName: "video"

    required property VideoModel video

    width: 1366
    height: 768
    minimumWidth: 900
    minimumHeight: 640
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
        anchors { top: head.bottom; left: parent.left; right: beside.left; rightMargin: Theme.margin; bottom: keys.top; bottomMargin: Theme.margin }
        video: window.video
        size: Math.max(28, Math.min(44, width / 28))
    }
    Item {
        id: beside
        anchors { top: head.bottom; topMargin: Theme.margin; right: parent.right; rightMargin: Theme.margin; bottom: parent.bottom; bottomMargin: Theme.margin }
        width: Math.round(Math.max(300, Math.min(440, window.width * 0.24)))

        OwnPicture {
            id: own
            width: parent.width
            height: Math.round(Math.min(width * 0.75, beside.height * 0.36))
            video: window.video
        }
        VideoNotes {
            anchors { top: own.bottom; topMargin: Theme.margin; left: parent.left; right: parent.right }
            video: window.video
            size: window.height > 700 ? Theme.large : Theme.body
        }
    }
    Row {
        id: keys
        x: (beside.x - Theme.margin - width) / 2
        y: parent.height - height - Theme.margin
        height: window.height > 700 ? 84 : 68
        spacing: Theme.space

        component Key: VideoKey {
            video: window.video
            width: Math.min(260, (beside.x - 4 * Theme.space) / 3)
            height: keys.height
            size: 22
        }

        Key { place: ["call", "answer", "hold", "resume"] }
        Key { place: ["mute", "unmute"] }
        Key { place: ["hang-up"] }
    }
}
