// The other side's picture while it is live; else, on a plain ground, what there is to know.
import QtQuick
import Hall.Controls
import Hall.VideoCall

Rectangle {
    id: stage

    required property VideoModel video
    property real size: Theme.title
    readonly property bool isLive: video.far.isThere

    color: Theme.callGround
    clip: true

    PictureItem {
        objectName: "video-far"
        anchors.fill: parent
        feed: stage.video.far
        visible: stage.isLive
    }

    Column {
        visible: !stage.isLive
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.margin
        spacing: stage.size * 0.7

        VideoSign {
            objectName: "video-sign"
            anchors.horizontalCenter: parent.horizontalCenter
            mood: stage.video.mood
            size: stage.size * 2.8
        }
        TwoTongues {
            objectName: "video-headline"
            width: parent.width
            words: stage.video.headline
            size: stage.size
            weight: Font.Bold
            ink: Theme.inkOnCallGround
            otherInk: Theme.quietOnDark
            align: Text.AlignHCenter
        }
    }

    Rectangle {
        visible: stage.isLive
        anchors { left: parent.left; top: parent.top; margins: Theme.gap }
        width: live.width + live.height * 0.9
        height: live.height * 1.5
        radius: height / 2
        color: Theme.veil

        Row {
            id: live

            anchors.centerIn: parent
            spacing: said.size * 0.5

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: said.size * 0.6
                height: width
                radius: width / 2
                color: Theme.liveOnCallGround
            }
            PlainText {
                id: said

                objectName: "video-live"
                anchors.verticalCenter: parent.verticalCenter
                text: stage.video.headline.word + "  " + stage.video.headline.other
                size: Math.max(Theme.small, stage.size * 0.45)
                color: Theme.inkOnCallGround
            }
        }
    }
}
