import QtQuick
import Hall.Controls

// A small picture and what it stands for, in one line where there is room.
Row {
    id: fact

    required property string icon
    required property string text
    property bool isBold: false
    property color color: Theme.structure
    property real size: Theme.body
    property real most: 10000

    spacing: 12 * Look.unit

    Icon {
        id: picture

        name: fact.icon
        color: fact.color
        size: fact.size * 1.3
        anchors.verticalCenter: parent.verticalCenter
    }

    Say {
        text: fact.text
        size: fact.size
        color: fact.isBold ? fact.color : Theme.ink
        font.bold: fact.isBold
        width: Math.min(implicitWidth, fact.most - picture.width - fact.spacing)
        anchors.verticalCenter: parent.verticalCenter
    }
}
