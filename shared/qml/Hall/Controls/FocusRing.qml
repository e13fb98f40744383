// Where the keyboard is: a ring around whatever holds it. `around` is the item, shown while it has the focus.
import QtQuick

Rectangle {
    id: ring

    required property Item around
    property bool shown: around.activeFocus

    anchors.fill: around
    anchors.margins: -Theme.focusWidth - 2 * Theme.scale
    radius: Theme.radius + Theme.focusWidth
    color: "transparent"
    border.width: Theme.focusWidth
    border.color: Theme.focus
    visible: opacity > 0
    opacity: shown ? 1 : 0
    z: 10

    Behavior on opacity {
        NumberAnimation { duration: Theme.quick; easing.type: Theme.easing }
    }
}
