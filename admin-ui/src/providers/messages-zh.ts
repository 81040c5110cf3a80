import type { TranslationMessages } from 'react-admin';

/** Every message of react-admin in Chinese. `ra-language-chinese` lacks 65 of them, so this list is ours and complete. */
export const chineseMessages: TranslationMessages = {
  ra: {
    action: {
      add_filter: '添加筛选', add: '添加', back: '返回', bulk_actions: '已选 %{smart_count} 项', cancel: '取消', clear_array_input: '清空列表',
      clear_input_value: '清除', clone: '复制', confirm: '确定', create: '新建', create_item: '新建%{item}', delete: '删除', edit: '修改', export: '导出',
      list: '列表', refresh: '刷新', remove_filter: '移除此筛选', remove_all_filters: '清空筛选', remove: '移除', reset: '重置', save: '保存', search: '查询',
      search_columns: '查找列', select_all: '全选', select_all_button: '全选', select_row: '选择此行', show: '查看', sort: '排序', undo: '撤消',
      unselect: '取消选择', expand: '展开', close: '关闭', open_menu: '展开菜单', close_menu: '收起菜单', update: '更新', move_up: '上移', move_down: '下移',
      open: '打开', toggle_theme: '切换明暗', select_columns: '显示列', update_application: '重新载入',
    },
    boolean: { true: '是', false: '否', null: ' ' },
    page: {
      create: '新建%{name}', dashboard: '首页', edit: '%{name} %{recordRepresentation}', error: '出了点问题', list: '%{name}', loading: '正在载入',
      not_found: '没有找到', show: '%{name} %{recordRepresentation}', empty: '暂无%{name}。', invite: '现在登记一条?', access_denied: '无权访问',
      authentication_error: '身份核验失败',
    },
    input: {
      file: { upload_several: '把文件拖到这里，或点击选择。', upload_single: '把文件拖到这里，或点击选择。' },
      image: { upload_several: '把图片拖到这里，或点击选择。', upload_single: '把图片拖到这里，或点击选择。' },
      references: { all_missing: '未找到关联数据。', many_missing: '部分关联数据已不可用。', single_missing: '关联数据已不可用。' },
      password: { toggle_visible: '隐藏密码', toggle_hidden: '显示密码' },
    },
    message: {
      about: '关于', access_denied: '您没有访问此页面的权限', are_you_sure: '确定吗?', authentication_error: '暂时无法核验您的身份。',
      auth_error: '核验登录状态时出错。', bulk_delete_content: '确定删除所选的 %{smart_count} 项%{name}?', bulk_delete_title: '删除 %{smart_count} 项%{name}',
      bulk_update_content: '确定更新所选的 %{smart_count} 项%{name}?', bulk_update_title: '更新 %{smart_count} 项%{name}', clear_array_input: '确定清空整个列表?',
      delete_content: '确定删除该%{name}?', delete_title: '删除%{name} %{recordRepresentation}', details: '详情', error: '页面出错，请求未完成。',
      invalid_form: '填写有误，请检查标红的项目', loading: '请稍候', no: '否', not_found: '地址有误，或该页面已不存在。',
      select_all_limit_reached: '数量过多，仅选中前 %{max} 项。', unsaved_changes: '有内容尚未提交，确定离开吗?', yes: '是', placeholder_data_warning: '网络不稳，数据未能刷新。',
    },
    navigation: {
      clear_filters: '清空筛选', no_filtered_results: '没有符合条件的%{name}。', no_results: '没有%{name}', no_more_results: '第 %{page} 页没有内容，请返回上一页。',
      page_out_of_boundaries: '第 %{page} 页不存在', page_out_from_end: '已是最后一页', page_out_from_begin: '已是第一页',
      page_range_info: '第 %{offsetBegin}–%{offsetEnd} 条，共 %{total} 条', partial_page_range_info: '第 %{offsetBegin}–%{offsetEnd} 条，共超过 %{offsetEnd} 条',
      current_page: '第 %{page} 页', page: '第 %{page} 页', first: '首页', last: '末页', next: '下一页', previous: '上一页', page_rows_per_page: '每页条数：', skip_nav: '跳到正文',
    },
    sort: { sort_by: '按%{field_lower_first}%{order}', ASC: '升序', DESC: '降序' },
    auth: {
      auth_check_error: '请先登录', user_menu: '个人', username: '账号', password: '密码', email: '邮箱', sign_in: '登录', sign_in_error: '登录失败，请核对账号和密码',
      logout: '退出登录',
    },
    notification: {
      updated: '已更新', created: '已登记', deleted: '已删除', bad_item: '内容有误', item_doesnt_exist: '没有找到这条记录', http_error: '与服务器通信出错',
      data_provider_error: '数据读取出错', i18n_error: '无法载入所选语言', canceled: '已取消', logged_out: '登录已结束，请重新登录。', not_authorized: '您没有访问此内容的权限。',
      application_update_available: '系统已更新，请重新载入。', offline: '网络已断开，无法读取数据。',
    },
    validation: {
      required: '必填', minLength: '至少 %{min} 个字', maxLength: '最多 %{max} 个字', minValue: '不小于 %{min}', maxValue: '不大于 %{max}', number: '应为数字',
      email: '邮箱格式有误', oneOf: '应为以下之一:%{options}', regex: '格式有误', unique: '已存在',
    },
    saved_queries: {
      label: '常用查询', query_name: '名称', new_label: '保存当前查询…', new_dialog_title: '保存当前查询', remove_label: '删除常用查询',
      remove_label_with_name: '删除“%{name}”', remove_dialog_title: '删除常用查询?', remove_message: '确定从列表中删除该查询?', help: '筛选列表后可保存为常用查询',
    },
    guesser: { empty: { title: '暂无数据', message: '请检查数据来源' } },
    configurable: {
      customize: '自定义', configureMode: '设置此页面', inspector: { title: '设置', content: '将鼠标移到界面元素上进行设置', reset: '恢复默认', hideAll: '全部隐藏', showAll: '全部显示' },
      Datagrid: { title: '表格', unlabeled: '未命名列 #%{column}' }, SimpleForm: { title: '表单', unlabeled: '未命名项 #%{input}' },
      SimpleList: { title: '列表', primaryText: '主要内容', secondaryText: '次要内容', tertiaryText: '补充内容' },
    },
  },
};
