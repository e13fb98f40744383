// Which window the clerk works at today.
pragma ComponentBehavior: Bound
import QtQuick
import Hall.Controls
import Counter

Rectangle {
    id: view

    required property WindowsModel windows
    required property SessionModel session
    required property Orders orders
    required property Ink ink

    color: ink.ground

    function begin() {
        grid.currentIndex = view.windows.first
        grid.forceActiveFocus()
    }
    onVisibleChanged: if (visible) begin()

    Item {
        anchors { top: parent.top; bottom: parent.bottom; topMargin: 32; bottomMargin: 32; horizontalCenter: parent.horizontalCenter }
        width: Math.min(parent.width - 64, 1260)

        Words {
            id: title
            ink: view.ink
            text: qsTr("%1，您好，请选择今天的窗口").arg(view.session.name)
            font { pixelSize: 26; weight: Font.Bold }
            color: view.ink.structure
            width: parent.width
            height: 44
        }
        NoteBeside {
            id: note
            objectName: "open-window-note"
            ink: view.ink
            text: view.windows.missing || (view.orders.noteAction === "open-window" ? view.orders.noteText : "")
            side: "top"
            anchors { right: parent.right; top: title.bottom; topMargin: 8 }
            z: 5
        }
        GridView {
            id: grid
            objectName: "windows"
            model: view.windows.rows
            anchors { top: title.bottom; topMargin: 24; bottom: foot.top; bottomMargin: 12; left: parent.left; right: parent.right; leftMargin: -6; rightMargin: -6 }
            cellWidth: Math.floor(width / Math.max(1, Math.floor(width / 300)))
            cellHeight: 100
            clip: true
            focus: true
            activeFocusOnTab: true
            keyNavigationEnabled: true
            boundsBehavior: Flickable.StopAtBounds
            Keys.onReturnPressed: (event) => { if (!event.isAutoRepeat && currentItem?.enabled) view.windows.openAt(currentIndex) }
            Keys.onEnterPressed: (event) => { if (!event.isAutoRepeat && currentItem?.enabled) view.windows.openAt(currentIndex) }

            delegate: Item {
                id: cell
                required property int index
                required property int no
                required property string name
                required property string place
                required property string lanes
                required property string note
                required property bool free

                width: grid.cellWidth
                height: grid.cellHeight
                objectName: "window-" + no
                enabled: free && !view.orders.slow

                function open() {
                    if (cell.enabled)
                        view.windows.open(cell.no)
                }

                Rectangle {
                    anchors { fill: parent; margins: 6 }
                    radius: Theme.radius
                    color: cell.free ? view.ink.card : view.ink.off
                    border {
                        width: cell.GridView.isCurrentItem && grid.activeFocus ? 4 : 1
                        color: cell.GridView.isCurrentItem && grid.activeFocus ? Theme.focus : view.ink.line
                    }

                    Words {
                        id: number
                        ink: view.ink
                        text: cell.no
                        color: cell.free ? view.ink.structure : view.ink.inkOnOff
                        font { pixelSize: 36; weight: Font.Bold; features: { "tnum": 1 } }
                        horizontalAlignment: Text.AlignHCenter
                        width: 76
                        height: parent.height
                    }
                    Column {
                        anchors { left: number.right; right: parent.right; rightMargin: 10; verticalCenter: parent.verticalCenter }

                        Words { ink: view.ink; text: cell.name; font.weight: Font.Bold; color: cell.free ? view.ink.text : view.ink.inkOnOff; width: parent.width }
                        Words { ink: view.ink; text: qsTr("队列 %1").arg(cell.lanes); font.pixelSize: 16; color: view.ink.quiet; width: parent.width }
                        Words { ink: view.ink; text: cell.note; font.pixelSize: 16; color: cell.free ? "#14653B" : view.ink.inkOnOff; width: parent.width }
                    }
                }
                MouseArea {
                    anchors.fill: parent
                    onClicked: {
                        grid.currentIndex = cell.index
                        cell.open()
                    }
                }
            }
        }
        Item {
            id: foot
            anchors { bottom: parent.bottom; left: parent.left; right: parent.right }
            height: 56

            Words {
                ink: view.ink
                text: qsTr("方向键选择，回车开放窗口")
                color: view.ink.quiet
                height: parent.height
            }
            PlainKey {
                objectName: "open-window"
                ink: view.ink
                main: true
                text: qsTr("开放窗口")
                hint: qsTr("回车")
                size: 20
                enabled: grid.currentItem !== null && grid.currentItem.enabled
                width: 240
                height: 56
                anchors.right: parent.right
                onActivated: view.windows.openAt(grid.currentIndex)
            }
        }
    }
}
