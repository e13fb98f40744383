import QtQuick
import Hall.Controls
import Hall.Kiosk

// Turns the pages of a long list.
Item {
    id: pager

    required property Paging paging

    implicitHeight: Theme.touch

    Key {
        objectName: "previous-page"
        anchors.left: parent.left
        width: parent.width * 0.36
        height: parent.height
        enabled: pager.paging.page > 1
        icon: "less"
        text: qsTr("上一页")
        onTapped: pager.paging.previous()
    }

    Say {
        anchors.centerIn: parent
        text: qsTr("%1 / %2 页").arg(pager.paging.page).arg(pager.paging.pages)
        color: Theme.quiet
    }

    Key {
        objectName: "next-page"
        anchors.right: parent.right
        width: parent.width * 0.36
        height: parent.height
        enabled: pager.paging.page < pager.paging.pages
        icon: "more"
        text: qsTr("下一页")
        onTapped: pager.paging.next()
    }
}
