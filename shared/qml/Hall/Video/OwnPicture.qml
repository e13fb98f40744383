// Our own picture, as in a mirror, while the camera can be trusted; else what is wrong with it.
import QtQuick
import Hall.Controls
import Hall.VideoCall

Rectangle {
    id: own

    required property VideoModel video
    readonly property bool isFaulty: video.ownFault.word !== ""

    color: isFaulty ? Theme.refusalSoft : Theme.callGround
    radius: isFaulty ? Theme.radius : 0
    border.width: isFaulty ? Theme.hairline : 0
    border.color: Theme.refusal
    clip: true

    PictureItem {
        objectName: "video-own"
        anchors.fill: parent
        feed: own.video.own
        visible: own.video.own.isThere
        transform: Scale { origin.x: own.width / 2; xScale: -1 }
    }

    Rectangle {
        visible: own.video.own.isThere
        anchors { left: parent.left; bottom: parent.bottom; margins: Theme.gap / 2 }
        width: name.implicitWidth + Theme.small
        height: name.implicitHeight + Theme.small * 0.35
        radius: height / 2
        color: Theme.veil

        PlainText {
            id: name

            anchors.centerIn: parent
            text: own.video.labels.own.word + "  " + own.video.labels.own.other
            size: Theme.small
            color: Theme.inkOnCallGround
        }
    }

    Column {
        visible: own.isFaulty
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.space
        spacing: Theme.gap

        VideoSign {
            anchors.horizontalCenter: parent.horizontalCenter
            mood: "fault"
            size: Theme.body * 2
        }
        TwoTongues {
            objectName: "video-own-fault"
            width: parent.width
            words: own.video.ownFault
            size: Math.min(Theme.large, own.width / 15)
            ink: Theme.refusalInk
            align: Text.AlignHCenter
        }
    }
}
