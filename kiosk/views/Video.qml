pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Hall.Video
import Hall.VideoCall

// The kiosk's video window: who serves above, one's own picture and the notes in the middle, the keys below.
Window {
    id: window

    required property VideoModel video

    objectName: "video"
    width: 540
    height: 960
    color: Theme.ground
    title: video.labels.title.word
    onClosing: video.rest()
    Component.onCompleted: Theme.app = "kiosk"

    Binding {
        target: Theme
        property: "scale"
        value: Math.max(0.2, Math.min(window.width / 1080, window.height / 1920))
    }

    VideoTitle {
        id: head

        width: parent.width
        height: 150 * Theme.scale
        video: window.video
        size: 44 * Theme.scale
    }
    VideoStage {
        id: stage

        anchors { top: head.bottom; left: parent.left; right: parent.right }
        height: Math.min(width * 0.75, window.height - head.height - below.height - keys.height - 4 * Theme.margin)
        video: window.video
    }
    Item {
        id: below

        x: Theme.margin
        y: stage.y + stage.height + Theme.margin
        width: window.width - 2 * Theme.margin
        height: 360 * Theme.scale

        OwnPicture {
            id: own

            width: height * 4 / 3
            height: parent.height
            video: window.video
        }
        VideoNotes {
            anchors { left: own.right; leftMargin: Theme.space; right: parent.right }
            video: window.video
        }
    }
    Row {
        id: keys

        readonly property int count: visibleChildren.length

        x: Theme.margin
        y: window.height - height - 3 * Theme.margin
        height: 220 * Theme.scale
        spacing: Theme.space

        component Key: VideoKey {
            video: window.video
            width: (window.width - 2 * Theme.margin - (keys.count - 1) * keys.spacing) / keys.count
            height: keys.height
            size: 56 * Theme.scale
        }

        Key { place: ["call", "answer", "hold", "resume"] }
        Key { place: ["mute", "unmute"] }
        Key { place: ["hang-up"] }
    }
}
