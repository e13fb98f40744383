// A whole screen, drawn for 1920x1080 (or 1080x1920 upright) and scaled to what hangs on the wall.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import Display

Window {
    id: board
    objectName: "board"

    required property StatusModel status
    required property CallsModel calls
    required property LanesModel lanes
    required property NoticesModel notices
    property DeskModel desk: null

    readonly property bool upright: height > width
    readonly property real grain: Math.min(width / (upright ? 1080 : 1920), height / (upright ? 1920 : 1080))

    color: colours.ground
    title: board.status.hallName

    Ink {
        id: colours
        stale: board.status.stale
    }
    Item {
        id: canvas
        width: board.width / board.grain
        height: board.height / board.grain
        scale: board.grain
        transformOrigin: Item.TopLeft
        visible: !board.status.connecting

        TopBar {
            id: top
            status: board.status
            ink: colours
            width: parent.width
        }
        Item {
            id: body
            anchors { top: top.bottom; bottom: foot.top; left: parent.left; right: parent.right; margins: 24 }

            Calls {
                id: left
                visible: board.desk === null
                calls: board.calls
                ink: colours
                width: board.upright ? parent.width : Math.round((parent.width - 24) * 2 / 3)
                height: board.upright ? Math.round(parent.height * 0.56) : parent.height
            }
            Lanes {
                visible: board.desk === null
                lanes: board.lanes
                ink: colours
                x: board.upright ? 0 : left.width + 24
                y: board.upright ? left.height + 24 : 0
                width: parent.width - x
                height: parent.height - y
            }
            Loader {
                active: board.desk !== null
                anchors.fill: parent
                sourceComponent: Desk {
                    desk: board.desk
                    calls: board.calls
                    ink: colours
                }
            }
        }
        Foot {
            id: foot
            status: board.status
            notices: board.notices
            ink: colours
            width: parent.width
            anchors.bottom: parent.bottom
        }
    }
    Connecting {
        objectName: "connecting"
        visible: board.status.connecting
        status: board.status
        ink: colours
        width: canvas.width
        height: canvas.height
        scale: board.grain
        transformOrigin: Item.TopLeft
    }
}
