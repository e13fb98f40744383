pragma ComponentBehavior: Bound
// A sign for where the call stands, in a disc: a camera, three dots, two bars or an exclamation mark.
import QtQuick
import QtQuick.Shapes
import Hall.Controls

Rectangle {
    id: sign

    // rest, busy, ring, live, wait or fault
    required property string mood
    property real size: Theme.touch
    readonly property bool _isCamera: mood === "rest" || mood === "ring"
    readonly property color _ink: mood === "ring" ? Theme.inkOnDone : mood === "wait" ? Theme.inkOnCall : mood === "fault" ? Theme.inkOnRefusal : Theme.inkOnCallGround

    implicitWidth: size
    implicitHeight: size
    radius: size / 2
    color: mood === "ring" ? Theme.done : mood === "wait" ? Theme.call : mood === "fault" ? Theme.refusal : Theme.signOnCallGround

    // Whoever passes by sees that somebody calls.
    SequentialAnimation on scale {
        running: sign.mood === "ring" && sign.visible && Theme.moves
        loops: Animation.Infinite
        NumberAnimation { to: 1.12; duration: 600; easing.type: Easing.InOutQuad }
        NumberAnimation { to: 1; duration: 600; easing.type: Easing.InOutQuad }
        onStopped: sign.scale = 1
    }

    Item {
        visible: sign._isCamera
        anchors.centerIn: parent
        width: sign.size * 0.52
        height: sign.size * 0.32

        Rectangle {
            width: parent.width * 0.68
            height: parent.height
            radius: height * 0.2
            color: sign._ink
        }
        Shape {
            x: parent.width * 0.74
            width: parent.width * 0.26
            height: parent.height
            preferredRendererType: Shape.CurveRenderer

            ShapePath {
                fillColor: sign._ink
                strokeWidth: -1
                startX: 0
                startY: sign.size * 0.13
                PathLine { x: sign.size * 0.135; y: sign.size * 0.03 }
                PathLine { x: sign.size * 0.135; y: sign.size * 0.29 }
                PathLine { x: 0; y: sign.size * 0.19 }
            }
        }
    }
    Row {
        visible: sign.mood === "busy" || sign.mood === "live"
        anchors.centerIn: parent
        spacing: sign.size * 0.1

        Repeater {
            model: 3
            delegate: Rectangle {
                id: dot
                required property int index
                width: sign.size * 0.12
                height: width
                radius: width / 2
                color: sign._ink

                SequentialAnimation on opacity {
                    running: sign.mood === "busy" && sign.visible && Theme.moves
                    loops: Animation.Infinite
                    PauseAnimation { duration: 220 * dot.index }
                    NumberAnimation { to: 0.25; duration: 330 }
                    NumberAnimation { to: 1; duration: 330 }
                    PauseAnimation { duration: 220 * (2 - dot.index) }
                    onStopped: dot.opacity = 1
                }
            }
        }
    }
    Row {
        visible: sign.mood === "wait"
        anchors.centerIn: parent
        spacing: sign.size * 0.11

        Repeater {
            model: 2
            delegate: Rectangle {
                width: sign.size * 0.11
                height: sign.size * 0.4
                radius: width * 0.25
                color: sign._ink
            }
        }
    }
    Column {
        visible: sign.mood === "fault"
        anchors.centerIn: parent
        spacing: sign.size * 0.06

        Rectangle {
            width: sign.size * 0.11
            height: sign.size * 0.32
            radius: width * 0.3
            color: sign._ink
        }
        Rectangle {
            width: sign.size * 0.11
            height: width
            radius: width / 2
            color: sign._ink
        }
    }
}
