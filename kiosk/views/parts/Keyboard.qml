pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls

// Letters in the order of the alphabet, large enough for a finger; digits behind one key.
Item {
    id: keyboard

    property int columns: 7
    property bool hasDigits: false

    readonly property string characters: hasDigits ? "1234567890" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    readonly property int rows: Math.ceil(28 / columns)
    readonly property real keyWidth: (width - (columns - 1) * Theme.gap) / columns

    signal typed(string character)
    signal erased

    implicitHeight: rows * Theme.touch + (rows - 1) * Theme.gap

    Grid {
        columns: keyboard.columns
        spacing: Theme.gap

        Repeater {
            model: keyboard.characters.length

            Key {
                required property int index

                readonly property string character: keyboard.characters[index]

                objectName: "key-" + character.toLowerCase()
                width: keyboard.keyWidth
                height: Theme.touch
                text: character
                size: 48 * Look.unit
                onTapped: keyboard.typed(character.toLowerCase())
            }
        }

        Key {
            objectName: "key-digits"
            width: keyboard.keyWidth
            height: Theme.touch
            isOn: keyboard.hasDigits
            text: keyboard.hasDigits ? "ABC" : "123"
            size: 40 * Look.unit
            onTapped: keyboard.hasDigits = !keyboard.hasDigits
        }

        Key {
            objectName: "key-erase"
            width: keyboard.keyWidth
            height: Theme.touch
            icon: "erase"
            size: 48 * Look.unit
            Accessible.name: qsTr("删除一个字")
            onTapped: keyboard.erased()
        }
    }
}
