pragma ComponentBehavior: Bound
// A surface that lies on the ground: white, rounded, with the hall's one shadow.
// The shadow is three soft layers and not an effect: it looks the same on screens without a graphics chip.
import QtQuick

Rectangle {
    id: card

    property bool raised: true

    color: Theme.surface
    radius: Theme.radius
    border.width: Theme.hairline
    border.color: Theme.isContrast ? Theme.line : Qt.alpha(Theme.line, 0.7)

    Repeater {
        model: card.raised && !Theme.isContrast ? 3 : 0

        delegate: Rectangle {
            required property int index

            anchors.fill: card
            anchors.margins: -(index + 1) * 2 * Theme.scale
            anchors.topMargin: (3 - index) * Theme.scale
            anchors.bottomMargin: -(index + 2) * 3 * Theme.scale
            radius: card.radius + (index + 1) * 2 * Theme.scale
            color: Theme.ink
            opacity: 0.022
            z: -1
        }
    }
}
