// A ticket's number, large and heavy, its digits all of one width. `called`: amber on dark, for a called one only.
import QtQuick

Rectangle {
    id: number

    required property string text
    property real size: Theme.number
    property bool called: false
    // Each turn to true pulses three times; then the number stays.
    property bool pulsing: false
    property color ink: called ? Theme.call : Theme.isContrast ? Theme.ink : Theme.structure

    implicitWidth: glyphs.implicitWidth + (called ? size * 0.5 : 0)
    implicitHeight: Math.round(size * (called ? 1.3 : 1.1))
    radius: Theme.radius
    color: called ? Theme.callGround : "transparent"
    border.width: called && Theme.isContrast ? Theme.hairline : 0
    border.color: Theme.call

    onPulsingChanged: if (pulsing && Theme.moves) pulse.restart()

    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Text {
        id: glyphs

        anchors.centerIn: parent
        text: number.text
        textFormat: Text.PlainText
        color: number.ink
        font.family: Theme.family
        font.pixelSize: number.size
        font.weight: Font.Black
        font.features: Theme.tabular
    }

    SequentialAnimation {
        id: pulse

        loops: Theme.pulses
        NumberAnimation { target: number; property: "opacity"; to: 0.35; duration: Theme.calm; easing.type: Theme.easing }
        NumberAnimation { target: number; property: "opacity"; to: 1; duration: Theme.calm; easing.type: Theme.easing }
    }
}
