// The first start without a hub: calm, never an empty hall.
import QtQuick
import Display

Rectangle {
    id: view

    required property StatusModel status
    required property Ink ink

    color: view.ink.structure

    Column {
        anchors.centerIn: parent
        width: parent.width - 96
        spacing: 24

        BoardText {
            objectName: "connectingText"
            ink: view.ink
            text: view.status.connectingText
            color: view.ink.light
            font { pixelSize: 88; weight: Font.Bold }
            horizontalAlignment: Text.AlignHCenter
            width: parent.width
        }
        BoardText {
            ink: view.ink
            text: view.status.connectingTextEn
            visible: text !== ""
            color: view.ink.light
            font.pixelSize: 48
            horizontalAlignment: Text.AlignHCenter
            width: parent.width
        }
        BoardText {
            ink: view.ink
            text: view.status.connectingHint
            color: view.ink.light
            font.pixelSize: 40
            horizontalAlignment: Text.AlignHCenter
            width: parent.width
        }
    }
}
