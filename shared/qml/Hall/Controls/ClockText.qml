// The hub's time, its digits standing still, and the day beside it. Both are words of the view-model.
import QtQuick

Row {
    id: clock

    required property string time
    property string day: ""
    property real size: Theme.large
    property color ink: Theme.ink

    spacing: size * 0.4

    Text {
        text: clock.time
        textFormat: Text.PlainText
        color: clock.ink
        font.family: Theme.family
        font.pixelSize: clock.size
        font.weight: Font.DemiBold
        font.features: Theme.tabular
    }

    Text {
        anchors.verticalCenter: parent.verticalCenter
        visible: text !== ""
        text: clock.day
        textFormat: Text.PlainText
        color: clock.ink
        font.family: Theme.family
        font.pixelSize: clock.size * 0.7
    }
}
