"""Addresses of units, people, roles, clusters and the accounts of people."""

from django.urls import include, path

from thidua.organisations.views import (
    accounts,
    clusters,
    duplicates,
    people,
    posts,
    reorganise,
    roles,
    setup,
    trees,
    units,
)

app_name = "organisations"

public = [path("thiet-lap/", setup.setup, name="setup")]

urlpatterns = [
    path("", trees.tree, name="tree"),
    path("", include((public, "public"))),
    path("them/", units.unit_create, name="unit_create"),
    path("ca-nhan/", people.people, name="people"),
    path("ca-nhan/them/", people.person_create, name="person_create"),
    path("ca-nhan/trung/", duplicates.duplicates, name="duplicates"),
    path("ca-nhan/trung/<uuid:pk>/<uuid:other>/", duplicates.settle, name="settle"),
    path("ca-nhan/<uuid:pk>/", people.person, name="person"),
    path("ca-nhan/<uuid:pk>/sua/", people.person_edit, name="person_edit"),
    path("ca-nhan/<uuid:pk>/chuc-vu/", posts.post_start, name="post_start"),
    path("ca-nhan/<uuid:pk>/chuc-vu/<uuid:post>/ket-thuc/", posts.post_end, name="post_end"),
    path("ca-nhan/<uuid:pk>/thoi-cong-tac/", posts.person_leave, name="person_leave"),
    path("ca-nhan/<uuid:pk>/moi/", accounts.person_invite, name="person_invite"),
    path("ca-nhan/<uuid:pk>/tai-khoan/", accounts.person_account, name="person_account"),
    path("cum/", clusters.clusters, name="clusters"),
    path("cum/them/", clusters.cluster_create, name="cluster_create"),
    path("cum/chep/", clusters.clusters_copy, name="clusters_copy"),
    path("cum/<uuid:pk>/", clusters.cluster, name="cluster"),
    path("cum/<uuid:pk>/sua/", clusters.cluster_edit, name="cluster_edit"),
    path("cum/<uuid:pk>/thanh-vien/", clusters.members_add, name="members_add"),
    path("cum/<uuid:pk>/thanh-vien/<uuid:member>/ra/", clusters.member_remove, name="member_remove"),
    path("cum/<uuid:pk>/phan-cong/", clusters.cluster_appoint, name="cluster_appoint"),
    path("cum/<uuid:pk>/dai-dien/", clusters.representative_give, name="representative_give"),
    path("cum/<uuid:pk>/dai-dien/<uuid:role>/thoi/", clusters.representative_end, name="representative_end"),
    path("quyen/<uuid:pk>/ket-thuc/", roles.role_end, name="role_end"),
    path("quyen/<uuid:pk>/thay/", roles.role_stand_in, name="role_stand_in"),
    path("tai-khoan/", accounts.accounts, name="accounts"),
    path("tai-khoan/them/", accounts.account_create, name="account_create"),
    path("tai-khoan/<uuid:pk>/", accounts.account, name="account"),
    path("tai-khoan/<uuid:pk>/mo/", accounts.account_home, name="account_home"),
    path("tai-khoan/<uuid:pk>/dat-lai/", accounts.account_reset, name="account_reset"),
    path("tai-khoan/<uuid:pk>/dong/", accounts.account_close, name="account_close"),
    path("tai-khoan/<uuid:pk>/quyen/", accounts.installation_role_give, name="installation_role_give"),
    path("tai-khoan/quyen/<uuid:pk>/thu/", accounts.installation_role_end, name="installation_role_end"),
    path("<uuid:pk>/", units.unit, name="unit"),
    path("<uuid:pk>/nhanh/", trees.branch, name="branch"),
    path("<uuid:pk>/sua/", units.unit_edit, name="unit_edit"),
    path("<uuid:pk>/ten/<uuid:row>/", units.name_correct, name="name_correct"),
    path("<uuid:pk>/sap-xep/", reorganise.choose, name="reorganise"),
    path("<uuid:pk>/sap-xep/<slug:kind>/", reorganise.carry_out, name="reorganise_form"),
    path("<uuid:pk>/quyen/", roles.roles, name="roles"),
    path("<uuid:pk>/quyen/giao/", roles.role_give, name="role_give"),
]
