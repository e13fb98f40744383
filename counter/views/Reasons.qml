// The usual reasons as a list (a digit takes one), and a field for own words, which come first when there are any.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls

FocusScope {
    id: view

    required property Ink ink
    required property var reasons
    readonly property string value: own.text.trim() !== "" ? own.text.trim() : (reasons[list.currentIndex] ?? "")
    signal chosen

    function begin() {
        list.currentIndex = -1
        list.forceActiveFocus()
    }

    implicitHeight: list.height + 12 + own.implicitHeight
    height: implicitHeight

    ListView {
        id: list
        objectName: "reasons"
        width: parent.width
        height: 46 * count
        model: view.reasons
        interactive: false
        focus: true
        currentIndex: -1
        onModelChanged: currentIndex = -1
        activeFocusOnTab: true
        highlightMoveDuration: 0
        Keys.onPressed: (event) => {
            const digit = Number.parseInt(event.text)
            if (digit >= 1 && digit <= count && !event.isAutoRepeat) {
                currentIndex = digit - 1
                event.accepted = true
            } else if ([Qt.Key_Return, Qt.Key_Enter].includes(event.key) && !event.isAutoRepeat) {
                view.chosen()
                event.accepted = true
            }
        }

        Rectangle {
            anchors.fill: parent
            radius: Theme.radius
            color: "transparent"
            border { width: list.activeFocus ? 3 : 1; color: list.activeFocus ? Theme.focus : view.ink.line }
            z: 2
        }
        delegate: Item {
            id: row
            required property int index
            required property string modelData
            objectName: "reason-" + (index + 1)
            width: list.width
            height: 46

            Rectangle {
                anchors { fill: parent; margins: 4 }
                radius: 6
                color: row.ListView.isCurrentItem && own.text === "" ? view.ink.accent : "transparent"
            }
            Words {
                ink: view.ink
                text: (row.index + 1) + "   " + row.modelData
                color: row.ListView.isCurrentItem && own.text === "" ? view.ink.light : view.ink.text
                font.pixelSize: 18
                x: 20
                width: parent.width - 40
                height: parent.height
            }
            MouseArea {
                anchors.fill: parent
                onClicked: {
                    list.currentIndex = row.index
                    list.forceActiveFocus()
                }
            }
        }
    }
    Field {
        id: own
        objectName: "reason-own"
        ink: view.ink
        label: qsTr("或自己填写")
        maximumLength: 60
        width: parent.width
        anchors { top: list.bottom; topMargin: 12 }
        onAccepted: view.chosen()
    }
}
