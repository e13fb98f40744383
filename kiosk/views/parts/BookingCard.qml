import QtQuick
import Hall.Controls

// What is booked: the day and the time very large, then the matter and where to go.
Panel {
    id: card

    property int month
    property int dayOfMonth
    property string weekday
    property string time
    property string matter
    property string letter
    property string laneName
    property string place
    property bool isTight: false

    implicitHeight: body.implicitHeight + 2 * Theme.space
    border.color: Theme.structure
    border.width: 3 * Look.unit

    Column {
        id: body

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.space
        anchors.verticalCenter: parent.verticalCenter
        spacing: (card.isTight ? 6 : 14) * Look.unit

        Say {
            objectName: "booked-when"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: [Words.day(card.month, card.dayOfMonth, card.weekday), card.time].filter(part => part !== "").join("  ")
            size: (card.isTight ? 60 : 76) * Look.unit
            font.bold: true
            font.features: Theme.tabular
            color: Theme.structure
            maximumLineCount: 1
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 36 * Look.unit
        }

        Say {
            width: parent.width
            visible: text !== ""
            horizontalAlignment: Text.AlignHCenter
            text: card.matter
            size: card.isTight ? 36 * Look.tightType : Theme.large
            font.bold: true
            maximumLineCount: 2
            elide: Text.ElideRight
        }

        Fact {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: card.laneName !== ""
            icon: "place"
            text: [card.letter + " " + card.laneName, card.place].filter(part => part !== "").join("  ·  ")
            most: body.width
            size: card.isTight ? 28 * Look.tightType : Theme.body
        }
    }
}
