// Bookings that were found: confirm, change or give up each.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Counter

FocusScope {
    id: view

    required property BookMineModel mine
    required property Ink ink
    // A time is to be chosen.
    signal moved

    Connections {
        target: view.mine
        function onCleared() {
            whose.text = ""
        }
    }
    Field {
        id: whose
        objectName: "book-whose"
        ink: view.ink
        label: qsTr("身份证号或预约码")
        maximumLength: 300
        width: parent.width
        focus: true
        onEdited: view.mine.type(text)
        onAccepted: view.mine.find()
    }
    Words {
        objectName: "book-found-told"
        ink: view.ink
        text: view.mine.told
        color: view.ink.quiet
        y: 90
        height: 40
        width: parent.width
    }
    ListView {
        id: list
        objectName: "book-found"
        model: view.mine.rows
        anchors { fill: parent; topMargin: 86 }
        clip: true
        spacing: 8
        boundsBehavior: Flickable.StopAtBounds

        delegate: Rectangle {
            id: row

            required property int index
            required property int key
            required property string when
            required property string matter
            required property string who
            required property string standing
            required property bool mayConfirm
            required property bool mayMove
            required property bool mayCancel

            objectName: "found-" + index
            width: list.width
            height: row.mayCancel ? 148 : 96
            radius: Theme.radius
            color: row.key === view.mine.chosen ? view.ink.accentSoft : view.ink.card
            border { width: 1; color: view.ink.line }

            Words {
                ink: view.ink
                text: row.when
                font { pixelSize: 20; weight: Font.Bold; features: { "tnum": 1 } }
                x: 14
                y: 8
                height: 28
            }
            Words {
                ink: view.ink
                text: row.standing
                color: view.ink.quiet
                font.pixelSize: view.ink.small
                anchors { right: parent.right; rightMargin: 14 }
                y: 8
                height: 28
            }
            Words { ink: view.ink; text: row.matter; x: 14; y: 36; height: 26; width: parent.width - 28 }
            Words {
                ink: view.ink
                text: row.who
                color: view.ink.quiet
                font.pixelSize: view.ink.small
                x: 14
                y: 62
                height: 24
                width: parent.width - 28
            }
            Row {
                visible: row.mayCancel
                x: 14
                y: 96
                spacing: 10

                PlainKey {
                    objectName: "confirm-" + row.index
                    visible: row.mayConfirm
                    ink: view.ink
                    text: qsTr("确认预约")
                    size: 17
                    height: 42
                    onActivated: view.mine.confirm(row.key)
                }
                PlainKey {
                    objectName: "move-" + row.index
                    visible: row.mayMove
                    ink: view.ink
                    text: qsTr("改时间")
                    size: 17
                    height: 42
                    onActivated: {
                        view.mine.move(row.key)
                        view.moved()
                    }
                }
                PlainKey {
                    objectName: "cancel-" + row.index
                    ink: view.ink
                    text: qsTr("取消预约")
                    size: 17
                    height: 42
                    onActivated: view.mine.cancel(row.key)
                }
            }
        }
    }
}
