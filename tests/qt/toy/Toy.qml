pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls

Window {
    id: toy

    property int count: 0
    property bool online: false

    objectName: "toy"
    width: 600
    height: 400
    color: Theme.ground

    Component.onCompleted: Theme.app = "counter"

    Column {
        spacing: 8

        Repeater {
            model: 3
            delegate: BigKey {
                required property int index
                objectName: "key" + index
                text: "键 " + index
                enabled: index < 2
                shortcut: index === 1 ? "F12" : ""
                onClicked: toy.count += index === 1 ? 10 : 1
            }
        }
        Loader {
            active: toy.count > 0
            sourceComponent: PlainText { objectName: "count"; text: toy.count }
        }
        TextInput { objectName: "field"; width: 200; height: 30; activeFocusOnPress: true }
        Rectangle {
            id: late
            objectName: "late"
            width: 40; height: 20; visible: false
            Timer { interval: 300; running: true; onTriggered: late.visible = true }
            TapHandler { onTapped: late.visible = false }
        }
    }
}
