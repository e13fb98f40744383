// The letter of a lane in a filled circle of the lane's own hue: colour and letter, never colour alone.
import QtQuick

Rectangle {
    id: badge

    required property string letter
    property real size: Theme.large * 1.5

    implicitWidth: size
    implicitHeight: size
    width: size
    height: size
    radius: size / 2
    color: Theme.laneHue(letter)
    border.width: Theme.isContrast ? Theme.hairline : 0
    border.color: Theme.inkOnLane

    Accessible.role: Accessible.StaticText
    Accessible.name: letter

    Text {
        anchors.centerIn: parent
        text: badge.letter
        textFormat: Text.PlainText
        color: Theme.inkOnLane
        font.family: Theme.family
        font.pixelSize: badge.size * 0.58
        font.weight: Font.Bold
    }
}
