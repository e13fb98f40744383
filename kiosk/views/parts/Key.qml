import QtQuick
import Hall.Controls

// A key to touch: an icon and a word, never a colour alone.
Item {
    id: key

    property string text
    property string icon
    property real size: Theme.body
    // main: the one action of the screen; plain: everything else; quiet: on the blue frame.
    property string look: "plain"
    property bool isOn: false
    property bool isStacked: false
    property bool isBold: look === "main"
    // Touched, and at work on it: as clear as before, but deaf.
    property bool isBusy: false

    signal tapped

    readonly property bool isPressed: area.pressed && enabled || isBusy
    readonly property color front: look === "main" ? "#FFFFFF" : look === "quiet" ? (isOn ? Theme.structure : "#FFFFFF") : (isOn ? "#FFFFFF" : Theme.structure)
    readonly property color back: look === "main" ? Theme.action : look === "quiet" ? (isOn ? "#FFFFFF" : "#1D4C97") : (isOn ? Theme.structure : Theme.surface)

    implicitWidth: Math.max(Theme.touch, row.implicitWidth + 2 * Theme.space)
    implicitHeight: Theme.touch
    opacity: enabled || isBusy ? 1 : 0.45

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: key.tapped()

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: key.isPressed ? Qt.darker(key.back, key.look === "plain" && !key.isOn ? 1.06 : 1.2) : key.back
        border.width: key.look === "plain" ? Math.max(1, 2 * Look.unit) : 0
        border.color: key.isOn ? Theme.structure : Theme.line

        Behavior on color {
            ColorAnimation {
                duration: 150
            }
        }
    }

    Grid {
        id: row

        anchors.centerIn: parent
        columns: key.isStacked ? 1 : 2
        spacing: key.isStacked ? 4 * Look.unit : 14 * Look.unit
        horizontalItemAlignment: Grid.AlignHCenter
        verticalItemAlignment: Grid.AlignVCenter

        Icon {
            visible: key.icon !== ""
            name: key.icon
            color: key.front
            size: key.size * (key.isStacked ? 1.4 : 1.25)
        }

        Say {
            id: label

            visible: text !== ""
            text: key.text
            size: key.size
            color: key.front
            font.bold: key.isBold
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            width: Math.min(implicitWidth, key.width - 2 * Theme.gap - (key.icon !== "" && !key.isStacked ? key.size * 1.25 + 14 * Look.unit : 0))
            Accessible.ignored: true
        }
    }

    MouseArea {
        id: area

        anchors.fill: parent
        onClicked: key.tapped()
    }
}
