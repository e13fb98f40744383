import QtQuick
import Hall.Controls

// A day or a time to choose: what it is, and beneath it how many places there are.
Rectangle {
    id: key

    property string first
    property string second
    property bool isLarge: false
    property bool isQuiet: false

    signal tapped

    radius: Theme.radius
    color: area.pressed ? Theme.actionSoft : isQuiet ? Theme.off : Theme.surface
    border.width: Math.max(1, 2 * Look.unit)
    border.color: isQuiet ? Theme.line : Theme.action
    Accessible.role: Accessible.Button
    Accessible.name: first + "，" + second
    Accessible.onPressAction: key.tapped()

    Column {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: 8 * Look.unit
        anchors.verticalCenter: parent.verticalCenter

        Say {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: key.first
            size: (key.isLarge ? 52 : 42) * (Look.isElder ? Look.tightType : Look.unit)
            font.bold: true
            font.features: Theme.tabular
            color: key.isQuiet ? Theme.quiet : Theme.structure
            maximumLineCount: 1
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 26 * Look.unit
        }

        Say {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: key.second
            size: Look.isElder ? Theme.small : 30 * Look.unit
            color: key.isQuiet ? Theme.quiet : Theme.done
            maximumLineCount: 1
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24 * Look.unit
        }
    }

    MouseArea {
        anchors.fill: parent
        id: area
        onClicked: key.tapped()
    }
}
