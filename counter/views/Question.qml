// A question over the desk: Esc leaves it, its key does it, a refusal stands beside that key.
import QtQuick
import Counter

FocusScope {
    id: card

    required property Ink ink
    required property Orders orders
    required property string action
    property string title
    property string verb
    property string verbHint: qsTr("回车")
    property bool mayGo: true
    property int wide: 680
    default property alias content: body.data
    readonly property alias body: body
    signal closed
    signal agreed

    Keys.onEscapePressed: card.closed()

    MouseArea {
        anchors.fill: parent
        hoverEnabled: true
        onWheel: (event) => { event.accepted = true }
    }
    Rectangle {
        anchors.fill: parent
        color: "#9914213D"
    }
    Rectangle {
        objectName: "dialog"
        anchors.centerIn: parent
        width: card.wide
        height: heading.height + body.childrenRect.height + foot.height + 64
        radius: 16
        color: card.ink.card

        Words {
            id: heading
            objectName: "dialog-title"
            ink: card.ink
            text: card.title
            color: card.ink.structure
            font { pixelSize: 24; weight: Font.Bold }
            x: 28
            y: 16
            width: parent.width - 56
            height: 48
        }
        Item {
            id: body
            x: 28
            width: parent.width - 56
            height: childrenRect.height
            anchors { top: heading.bottom; topMargin: 8 }
        }
        Item {
            id: foot
            anchors { left: parent.left; right: parent.right; leftMargin: 28; rightMargin: 28; bottom: parent.bottom; bottomMargin: 20 }
            height: 72

            NoteBeside {
                objectName: "dialog-note"
                ink: card.ink
                text: card.orders.noteAction === card.action ? card.orders.noteText : ""
                side: "right"
                width: Math.min(360, parent.width - cancel.width - go.width - 40)
                anchors { right: cancel.left; rightMargin: 16; verticalCenter: parent.verticalCenter }
            }
            PlainKey {
                id: cancel
                objectName: "dialog-cancel"
                ink: card.ink
                text: qsTr("返回")
                hint: "Esc"
                width: 132
                height: 48
                anchors { right: card.verb === "" ? go.right : go.left; rightMargin: card.verb === "" ? 0 : 16; verticalCenter: parent.verticalCenter }
                onActivated: card.closed()
            }
            PlainKey {
                id: go
                objectName: "dialog-ok"
                visible: card.verb !== ""
                ink: card.ink
                main: true
                text: card.verb
                hint: card.verbHint
                enabled: card.mayGo && !card.orders.slow
                width: 190
                height: 48
                anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                onActivated: card.agreed()
            }
        }
    }
}
